package dev.asyncio.samples.mixed;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.taskGroup;

import dev.asyncio.Coroutine;
import dev.asyncio.Future;
import dev.asyncio.coroutines.Suspending;
import dev.asyncio.queues.Queue;
import java.util.NoSuchElementException;

/** A server in Java, which asks a service in Kotlin. */
public final class Shop {
    private final Catalog catalog;
    private final Warehouse warehouse;
    private final Queue<Order> orders = new Queue<>(10);

    public Shop(Catalog catalog, Warehouse warehouse) {
        this.catalog = catalog;
        this.warehouse = warehouse;
    }

    private static final class Order {
        final String item;
        final Future<String> reply = getRunningLoop().createFuture();

        Order(String item) {
            this.item = item;
        }
    }

    /** Sends an order and waits for the reply. */
    public Coroutine<String> order(String item) {
        return () -> {
            Order order = new Order(item);
            await(orders.put(order));
            return await(order.reply);
        };
    }

    /** Replies to orders, each in a task of its own, until it is cancelled. */
    public void serve() {
        await(taskGroup(tasks -> {
            while (true) {
                Order order = await(orders.get());
                tasks.createTask(() -> handle(order));
            }
        }));
    }

    // @start region="java-awaits-suspend"
    private void handle(Order order) {
        String reply;
        try {
            int price = await(Suspending.<Integer>coroutine(c -> catalog.price(order.item, c)));
            boolean taken = await(warehouse.take(order.item));
            reply = taken ? order.item + " for " + price : order.item + " is sold out";
        } catch (NoSuchElementException e) { // thrown by the suspend function
            reply = "sorry, " + e.getMessage();
        }
        if (!order.reply.done()) { // or the client has given up
            order.reply.setResult(reply);
        }
    }
    // @end
}
