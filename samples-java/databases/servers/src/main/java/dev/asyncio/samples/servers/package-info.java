/** The servers that the samples of databases are tested with, and may be tried with. */
package dev.asyncio.samples.servers;
