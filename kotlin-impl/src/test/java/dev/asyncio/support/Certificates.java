package dev.asyncio.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate, made by the JDK's own keytool. */
public final class Certificates {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final String ALIAS = "key";

    private final KeyStore store;

    private Certificates(KeyStore store) {
        this.store = store;
    }

    /** For {@code localhost} and 127.0.0.1, valid now. */
    public static Certificates forLocalhost(Path folder) throws Exception {
        return make(folder, "localhost", "-ext", "san=dns:localhost,ip:127.0.0.1");
    }

    /** For another host. */
    public static Certificates forAnotherHost(Path folder) throws Exception {
        return make(folder, "other", "-ext", "san=dns:other.example");
    }

    /**
     * For {@code localhost}, but no longer valid. An authority has signed it: what is trusted itself the JDK takes
     * however old it is.
     */
    public static Certificates expired(Path folder) throws Exception {
        Path file = folder.resolve("expired.p12");
        addKey(file, "authority", "authority", "-ext", "bc:c");
        return load(addKey(
                file,
                ALIAS,
                "expired",
                "-signer",
                "authority",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-startdate",
                "-30d",
                "-validity",
                "10"));
    }

    private static Certificates make(Path folder, String name, String... more) throws Exception {
        return load(addKey(folder.resolve(name + ".p12"), ALIAS, name, more));
    }

    private static Path addKey(Path file, String alias, String name, String... more) throws Exception {
        List<String> command = new ArrayList<>(Arrays.asList(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                alias,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=" + name));
        command.addAll(Arrays.asList(more));
        Programs.run(command.toArray(new String[0]));
        return file;
    }

    private static Certificates load(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new Certificates(store);
    }

    /** With this key, trusting nobody's but {@code trusted}. */
    public SSLContext contextTrusting(Certificates... trusted) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust(trusted).getTrustManagers(), null);
        return context;
    }

    /** Without a key, trusting this certificate. */
    public SSLContext clientContext() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(this).getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory trust(Certificates... trusted) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < trusted.length; i++) {
            Certificate[] chain = trusted[i].store.getCertificateChain(ALIAS);
            store.setCertificateEntry("trusted" + i, chain[chain.length - 1]);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    public Certificate certificate() throws GeneralSecurityException {
        return store.getCertificate(ALIAS);
    }

    /** Key and certificate as other programs read them. */
    public String writePem(Path file) throws Exception {
        return Files.writeString(
                        file,
                        pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded())
                                + pem("CERTIFICATE", certificate().getEncoded()))
                .toString();
    }

    private static String pem(String kind, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
