package dev.asyncio.samples.cassandra;

import static dev.asyncio.Asyncio.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Cassandra's driver for coroutines. Cancelling one cancels the request that it waits for. */
final class Cassandra implements AutoCloseable {
    /** How long one waits is up to who waits, by {@code timeout}: the limit of the driver is far above. */
    private static final DriverConfigLoader LIMITS = DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofMinutes(1))
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofMinutes(1))
            .build();

    private final CqlSession session;

    /** The address of a node is one like {@code localhost:9042}. */
    Cassandra(String address) {
        int colon = address.lastIndexOf(':');
        InetSocketAddress node =
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        session = await(CqlSession.builder()
                .addContactPoint(node)
                .withLocalDatacenter("datacenter1")
                .withConfigLoader(LIMITS)
                .buildAsync());
    }

    // @start region="rows"
    AsyncResultSet execute(Statement<?> statement) {
        return await(session.executeAsync(statement));
    }

    /** All rows of a result, the next page of which is fetched when the last row of the one before has been used. */
    AsyncIterator<Row> rows(Statement<?> query) {
        return AsyncIterators.pages(
                () -> execute(query),
                AsyncResultSet::currentPage,
                page -> page.hasMorePages() ? await(page.fetchNextPage()) : null);
    }
    // @end

    AsyncResultSet execute(String cql, Object... values) {
        return execute(SimpleStatement.newInstance(cql, values));
    }

    CqlSession session() {
        return session;
    }

    @Override
    public void close() {
        await(session.closeAsync());
    }
}
