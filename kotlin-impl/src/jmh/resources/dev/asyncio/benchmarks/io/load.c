/*
 * Asks an echo server as fast as it answers: each connection sends a request, waits for the same bytes to come back, compares
 * them and sends the next one, all on one thread.
 *
 *     load PORT PID CONNECTIONS BYTES WARM_UP_SECONDS SECONDS
 *
 * Prints requests per second, the median and the 99th percentile of the time from a request to the whole of its answer in
 * microseconds, and how many microseconds of CPU time the process PID took for a request.
 *
 * With one connection it keeps off the server's cores: whether the scheduler lets both share one, where they wake each other
 * sooner, is chance otherwise.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    MAX_EVENTS = 512,
    STALL_MILLIS = 5000,
    /* No two requests that follow each other on a connection, or at the same time on two, begin at the same place. */
    PATTERN_SHIFTS = 4093,
    BUCKET_NANOS = 100,
    BUCKETS = 4 * 1000 * 1000,
};

struct connection {
    int socket;
    size_t sent;
    size_t received;
    const char *request;
    int64_t start;
};

static size_t message_size;
static char *pattern;
static char *input;
static unsigned shift;

static uint32_t *buckets;
static int64_t requests;
static int recording;

/* Whether each connection is closed once it has its answer, and how many are not yet. */
static int ending;
static int open_connections;

static void die(const char *format, ...) {
    va_list values;
    va_start(values, format);
    vprintf(format, values);
    va_end(values);
    printf("\n");
    exit(1);
}

static int64_t time_of(clockid_t clock) {
    struct timespec now;
    if (clock_gettime(clock, &now) != 0) {
        die("no CPU time of the server: %s", strerror(errno));
    }
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void make_buffers(void) {
    size_t size = message_size + PATTERN_SHIFTS;
    uint32_t random = 12345;
    pattern = malloc(size);
    input = malloc(message_size + 1);
    buckets = calloc(BUCKETS, sizeof *buckets);
    if (pattern == NULL || input == NULL || buckets == NULL) {
        die("out of memory");
    }
    for (size_t i = 0; i < size; i++) {
        random = random * 1664525 + 1013904223;
        pattern[i] = (char) (random >> 24);
    }
}

static int connect_to(int port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval limit = {.tv_sec = STALL_MILLIS / 1000};
    int on = 1;
    int made = socket(AF_INET, SOCK_STREAM, 0);
    if (made < 0 || connect(made, (struct sockaddr *) &address, sizeof address) != 0) {
        die("cannot connect to port %d: %s", port, strerror(errno));
    }
    setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    return made;
}

static void begin_request(struct connection *c) {
    shift = (shift + 61) % PATTERN_SHIFTS;
    c->request = pattern + shift;
    c->sent = 0;
    c->received = 0;
    c->start = time_of(CLOCK_MONOTONIC);
}

static void end_request(struct connection *c) {
    if (!recording) {
        return;
    }
    int64_t bucket = (time_of(CLOCK_MONOTONIC) - c->start) / BUCKET_NANOS;
    buckets[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
    requests++;
}

/* Sends what the socket takes. */
static void send_some(struct connection *c) {
    while (c->sent < message_size) {
        ssize_t count = send(c->socket, c->request + c->sent, message_size - c->sent, MSG_NOSIGNAL);
        if (count < 0) {
            if (errno == EAGAIN) {
                return;
            }
            die("send: %s", strerror(errno));
        }
        c->sent += count;
    }
}

/* Takes some of the answer; whether there may be more at once. */
static int receive_some(struct connection *c) {
    /* A byte more than is due: there must be none. */
    ssize_t count = recv(c->socket, input, message_size - c->received + 1, 0);
    if (count < 0) {
        if (errno == EAGAIN) {
            return 0;
        }
        die("recv: %s", strerror(errno));
    }
    if (count == 0) {
        die("the server has closed a connection");
    }
    if (c->received + count > c->sent) {
        die("the server sends more than it was sent");
    }
    if (memcmp(input, c->request + c->received, count) != 0) {
        die("the server sends something else than it was sent");
    }
    c->received += count;
    return c->received < message_size;
}

/* Goes on as far as it can without waiting; the socket is edge-triggered. */
static void proceed(struct connection *c) {
    send_some(c);
    while (receive_some(c)) {
        send_some(c);
    }
    if (c->received < message_size) {
        return;
    }
    end_request(c);
    if (ending) {
        close(c->socket);
        open_connections--;
        return;
    }
    begin_request(c);
    send_some(c);
}

static void run_one(struct connection *c, int64_t end) {
    while (c->start < end) {
        send_some(c);
        while (c->received < message_size) {
            int64_t before = time_of(CLOCK_MONOTONIC);
            receive_some(c);
            if (time_of(CLOCK_MONOTONIC) - before > STALL_MILLIS * INT64_C(900000)) {
                die("the server does not answer");
            }
        }
        end_request(c);
        begin_request(c);
    }
}

static void run_many(struct connection *connections, int epoll, int64_t end) {
    struct epoll_event events[MAX_EVENTS];
    while (ending ? open_connections > 0 : time_of(CLOCK_MONOTONIC) < end) {
        int count = epoll_wait(epoll, events, MAX_EVENTS, STALL_MILLIS);
        if (count == 0) {
            die("the server does not answer");
        }
        for (int i = 0; i < count; i++) {
            proceed(&connections[events[i].data.u32]);
        }
    }
}

static int watch(struct connection *connections, int count) {
    int epoll = epoll_create1(0);
    for (int i = 0; i < count; i++) {
        struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.u32 = i};
        fcntl(connections[i].socket, F_SETFL, O_NONBLOCK);
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, connections[i].socket, &event) != 0) {
            die("epoll_ctl: %s", strerror(errno));
        }
    }
    return epoll;
}

static void allow(const char *task, const cpu_set_t *cores) {
    sched_setaffinity(atoi(task), sizeof *cores, cores);
}

/* Lets all threads of the server run on these cores. */
static void allow_server(const char *pid, const cpu_set_t *cores) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%s/task", pid);
    DIR *tasks = opendir(path);
    if (tasks == NULL) {
        die("%s: %s", path, strerror(errno));
    }
    for (struct dirent *task; (task = readdir(tasks)) != NULL;) {
        if (task->d_name[0] != '.') {
            allow(task->d_name, cores);
        }
    }
    closedir(tasks);
}

/* Takes one core for this program alone. */
static void part_from(const char *pid, const cpu_set_t *all) {
    cpu_set_t own, others = *all;
    int last = CPU_SETSIZE - 1;
    while (!CPU_ISSET(last, all)) {
        last--;
    }
    CPU_ZERO(&own);
    CPU_SET(last, &own);
    CPU_CLR(last, &others);
    if (CPU_COUNT(&others) > 0) {
        allow("0", &own);
        allow_server(pid, &others);
    }
}

static double percentile(double share) {
    int64_t left = requests * share;
    for (int i = 0; i < BUCKETS; i++) {
        left -= buckets[i];
        if (left < 0) {
            return (i + 0.5) * BUCKET_NANOS / 1e3;
        }
    }
    return BUCKETS * BUCKET_NANOS / 1e3;
}

int main(int count, char **arguments) {
    if (count != 7) {
        die("load PORT PID CONNECTIONS BYTES WARM_UP_SECONDS SECONDS");
    }
    int port = atoi(arguments[1]);
    int connections_count = atoi(arguments[3]);
    message_size = atoi(arguments[4]);
    int64_t warm_up = atof(arguments[5]) * 1e9;
    int64_t duration = atof(arguments[6]) * 1e9;
    clockid_t server_clock;
    if (clock_getcpuclockid(atoi(arguments[2]), &server_clock) != 0) {
        die("there is no process %s", arguments[2]);
    }
    make_buffers();
    struct connection *connections = calloc(connections_count, sizeof *connections);
    for (int i = 0; i < connections_count; i++) {
        connections[i].socket = connect_to(port);
        begin_request(&connections[i]);
    }
    cpu_set_t cores;
    sched_getaffinity(0, sizeof cores, &cores);
    if (connections_count == 1) {
        part_from(arguments[2], &cores);
    }
    int epoll = connections_count > 1 ? watch(connections, connections_count) : -1;

    int64_t start = 0, cpu = 0;
    for (recording = 0; recording < 2; recording++) {
        start = time_of(CLOCK_MONOTONIC);
        cpu = time_of(server_clock);
        int64_t end = start + (recording ? duration : warm_up);
        if (epoll < 0) {
            run_one(&connections[0], end);
        } else {
            run_many(connections, epoll, end);
        }
    }
    double seconds = (time_of(CLOCK_MONOTONIC) - start) / 1e9;
    double server_micros = (time_of(server_clock) - cpu) / 1e3;
    double rate = requests / seconds, cost = server_micros / requests;
    double median = percentile(0.5), slow = percentile(0.99);
    recording = 0;
    ending = 1;
    open_connections = connections_count;
    if (epoll >= 0) {
        run_many(connections, epoll, 0);
    }
    allow_server(arguments[2], &cores);
    printf("%.1f %.1f %.1f %.3f\n", rate, median, slow, cost);
    return 0;
}
