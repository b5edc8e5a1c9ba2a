// Linux system calls that Glibc's Swift overlay leaves out or imports badly. No logic here.
#ifndef SBX_CLINUX_H
#define SBX_CLINUX_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// epoll's flags are an enum that Swift imports without integer values.
static const uint32_t sbx_EPOLLIN = EPOLLIN;
static const uint32_t sbx_EPOLLOUT = EPOLLOUT;
static const uint32_t sbx_EPOLLERR = EPOLLERR;
static const uint32_t sbx_EPOLLHUP = EPOLLHUP;
static const uint32_t sbx_EPOLLRDHUP = EPOLLRDHUP;
static const uint32_t sbx_EPOLLEXCLUSIVE = 1u << 28;

// `struct epoll_event` is packed and holds a union; these three hide both.
static inline int sbx_epoll_control(int epoll, int operation, int descriptor, uint32_t events, uint64_t data) {
    struct epoll_event event;
    event.events = events;
    event.data.u64 = data;
    return epoll_ctl(epoll, operation, descriptor, &event);
}
static inline uint32_t sbx_epoll_flags(const struct epoll_event *events, int index) { return events[index].events; }
static inline uint64_t sbx_epoll_data(const struct epoll_event *events, int index) { return events[index].data.u64; }

// Declared by the headers only under _GNU_SOURCE, which would give CLinux other types than Glibc's module has.
extern int accept4(int, struct sockaddr *, socklen_t *, int);
static inline int sbx_accept_non_blocking(int listener, struct sockaddr *address, socklen_t *length) {
    return accept4(listener, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

// The same for these. Children start in a folder and session of their own, with three descriptors.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);
extern int pidfd_open(pid_t, unsigned int);
static const short sbx_POSIX_SPAWN_SETSID = 0x80;

// prctl is variadic.
static inline int sbx_name_thread(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }
static inline int sbx_die_with_parent(int signal_number) { return prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0); }

#endif
