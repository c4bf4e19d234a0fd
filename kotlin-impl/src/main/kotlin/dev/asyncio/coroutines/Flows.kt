package dev.asyncio.coroutines

import dev.asyncio.AsyncIterator
import dev.asyncio.engine.interop.FlowIterator
import dev.asyncio.engine.iteration.collect
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/**
 * This flow as an iterator for Java code, for one pass.
 *
 * The flow is collected in a task of its own, which the first `advance` starts and which stands still between two
 * elements. Whoever cancels the consumer while it advances cancels that task, and the consumer sees what comes of it;
 * closing the iterator cancels it too, and waits for it.
 */
public fun <T> Flow<T>.asAsyncIterator(): AsyncIterator<T> = FlowIterator(this)

/**
 * What is left of this iterator as a flow. It is advanced whenever the collector wants an element, and closed when the
 * collection ends, however it does.
 *
 * All collections share the one pass that an iterator is, one after the other: one that comes while another waits for an
 * element fails, and since its end closes the iterator, there may be no more elements for the other. Collect it on the loop.
 */
public fun <T> AsyncIterator<T>.asFlow(): Flow<T> = flow { collect(this@asFlow) { emit(it) } }

/**
 * The elements of a result that comes page by page, as of a database or of a service that gives out cursors. Each
 * collection begins with [first]; a page is fetched when all elements of the one before have been emitted, and pages may
 * be empty. As [dev.asyncio.AsyncIterators.pages].
 *
 * @param first fetches the first page; null: there is none
 * @param elements the elements of a page
 * @param next fetches the page after a page; null: there is none
 */
public fun <P : Any, T> pages(
    first: suspend () -> P?,
    elements: (P) -> Iterable<T>,
    next: suspend (P) -> P?,
): Flow<T> = flow {
    var page = first()
    while (page != null) {
        for (element in elements(page)) emit(element)
        page = next(page)
    }
}
