package dev.asyncio.samples;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.asyncio.samples.cli.Options;
import java.io.IOException;

/**
 * A process that computes what a {@link ProcessPool} gives it, until its standard input ends. The arguments are ports
 * on this machine: its own, and those of the others.
 */
public final class PoolMember {
    private PoolMember() {}

    // @start region="pool-member"
    public static void main(String[] ports) throws IOException {
        if (ports.length == 0) {
            throw Options.refuse("usage: PoolMember PORT [PORT-OF-ANOTHER...]");
        }
        Config config = new Config()
                .setProperty("hazelcast.logging.type", "none")
                .setProperty("hazelcast.phone.home.enabled", "false");
        config.getNetworkConfig().setPort(Integer.parseInt(ports[0])).setPortAutoIncrement(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        for (String port : ports) {
            join.getTcpIpConfig().addMember("127.0.0.1:" + port);
        }
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
        System.out.println("ready");
        System.in.readAllBytes(); // they end when the program that started this one does
        member.shutdown();
    }
    // @end
}
