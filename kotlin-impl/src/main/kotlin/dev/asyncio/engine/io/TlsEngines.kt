package dev.asyncio.engine.io

import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.TlsOptions
import javax.net.ssl.SNIHostName
import javax.net.ssl.SSLEngine
import javax.net.ssl.SSLParameters

/** Engines as [TlsOptions] want them. */
@NotOnAndroid
internal object TlsEngines {
    /** Refuses a client that would take any certificate without having said so. */
    fun requireName(options: TlsOptions, host: String?) {
        require(options.serverHostname() != null || !host.isNullOrEmpty()) {
            "without a host, TlsOptions.withServerHostname has to say whose certificate is wanted"
        }
    }

    /** A client's engine expects the certificate of the name in the options, else of [host]. */
    fun of(options: TlsOptions, serverSide: Boolean, host: String?): SSLEngine {
        val name = if (serverSide) null else options.serverHostname() ?: host
        val engine = newEngine(options, name)
        engine.useClientMode = !serverSide
        val parameters = engine.sslParameters
        if (serverSide) {
            parameters.needClientAuth = options.needClientAuth()
        } else if (!name.isNullOrEmpty()) {
            verify(parameters, name)
        }
        if (options.alpn().isNotEmpty()) parameters.applicationProtocols = options.alpn().toTypedArray()
        options.parameters()?.accept(parameters)
        engine.sslParameters = parameters
        return engine
    }

    private fun newEngine(options: TlsOptions, name: String?): SSLEngine =
        if (name.isNullOrEmpty()) options.context().createSSLEngine() else options.context().createSSLEngine(name, -1)

    private fun verify(parameters: SSLParameters, name: String) {
        parameters.endpointIdentificationAlgorithm = "HTTPS"
        if (NameLookup.isLiteral(name)) return // an address is no name to ask for
        try {
            parameters.serverNames = listOf(SNIHostName(name))
        } catch (_: IllegalArgumentException) {
            // A name that DNS would not take, such as one with an underscore: the certificate is checked all the same.
        }
    }
}
