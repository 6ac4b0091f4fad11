// The practical limit of a relay, for comparison: a port per stream, connected sockets, one epoll loop per thread.
// twin ADDRESS PORT CALLS THREADS: call c listens on PORT+4c (caller) and PORT+4c+2 (callee). The first packet names the peer.
// Each packet is received on one port, gets another SSRC and sequence number, and leaves from the other port: what a B2BUA's relay does.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct side { int fd; int latched; uint32_t ssrc; uint16_t offset; struct side *other; };

static struct side *sides;
static int calls, threads;

static int listen_on(const char *address, int port)
{
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in local = { .sin_family = AF_INET, .sin_port = htons(port) };
    if (fd < 0 || inet_pton(AF_INET, address, &local.sin_addr) != 1 || bind(fd, (struct sockaddr *)&local, sizeof local) != 0) {
        fprintf(stderr, "twin: %s:%d: %s\n", address, port, strerror(errno));
        exit(1);
    }
    return fd;
}

static ssize_t receive(struct side *side, uint8_t *packet, size_t room)
{
    if (side->latched) return recv(side->fd, packet, room, 0);
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t got = recvfrom(side->fd, packet, room, 0, (struct sockaddr *)&from, &length);
    if (got > 0) side->latched = connect(side->fd, (struct sockaddr *)&from, length) == 0;
    return got;
}

static void relay(struct side *side, uint8_t *packet, ssize_t length)
{
    struct side *out = side->other;
    if (length < 12 || packet[0] >> 6 != 2 || !out->latched) return;
    uint16_t sequence = htons(ntohs(*(uint16_t *)(packet + 2)) + out->offset);
    memcpy(packet + 2, &sequence, 2);
    memcpy(packet + 8, &out->ssrc, 4);
    send(out->fd, packet, length, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void *loop(void *number)
{
    int me = (int)(intptr_t)number, poll = epoll_create1(0);
    uint8_t packet[2048];
    struct epoll_event ready[256];
    for (int c = me; c < calls; c += threads)
        for (int s = 0; s < 2; s++) {
            struct epoll_event event = { .events = EPOLLIN, .data.ptr = &sides[2 * c + s] };
            epoll_ctl(poll, EPOLL_CTL_ADD, sides[2 * c + s].fd, &event);
        }
    for (;;) {
        int count = epoll_wait(poll, ready, 256, -1);
        for (int i = 0; i < count; i++) {
            struct side *side = ready[i].data.ptr;
            ssize_t length;
            while ((length = receive(side, packet, sizeof packet)) > 0 || (length < 0 && errno == ECONNREFUSED))
                if (length > 0) relay(side, packet, length);
        }
    }
    return NULL;
}

int main(int count, char **arguments)
{
    if (count != 5) return fprintf(stderr, "usage: twin ADDRESS PORT CALLS THREADS\n"), 2;
    int port = atoi(arguments[2]);
    calls = atoi(arguments[3]);
    threads = atoi(arguments[4]);
    sides = calloc(2 * calls, sizeof *sides);
    for (int i = 0; i < 2 * calls; i++)
        sides[i] = (struct side){ .fd = listen_on(arguments[1], port + 2 * i), .ssrc = 0x20000000u + i, .offset = (uint16_t)(17 * i), .other = &sides[i ^ 1] };
    for (int t = 1; t < threads; t++) {
        pthread_t thread;
        pthread_create(&thread, NULL, loop, (void *)(intptr_t)t);
    }
    puts("ready");
    fflush(stdout);
    loop(NULL);
}
