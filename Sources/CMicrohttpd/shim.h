#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/* What the daemon is started with. In C because `MHD_start_daemon` is variadic. */
struct kizuna_daemon_settings {
    unsigned int connections;
    unsigned int idle_seconds;
    size_t connection_memory;
    void *context;
    void *(*target_arrived)(void *context, const char *target, struct MHD_Connection *connection);
    MHD_AccessHandlerCallback request_progressed;
    MHD_RequestCompletedCallback request_ended;
    MHD_NotifyConnectionCallback connection_changed;
};

/* Leaves escapes alone: paths and queries reach the router as they were sent. */
static inline size_t kizuna_keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return __builtin_strlen(text);
}

/* Without a thread of its own: whoever starts it calls `MHD_run` when its epoll descriptor is ready. Sockets are
   accepted elsewhere and handed in with `MHD_add_connection`. */
static inline struct MHD_Daemon *kizuna_daemon_start(const struct kizuna_daemon_settings *settings) {
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, settings->request_progressed, settings->context,
        MHD_OPTION_CONNECTION_LIMIT, settings->connections,
        MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->connection_memory,
        MHD_OPTION_UNESCAPE_CALLBACK, kizuna_keep_escapes, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, settings->target_arrived, settings->context,
        MHD_OPTION_NOTIFY_COMPLETED, settings->request_ended, settings->context,
        MHD_OPTION_NOTIFY_CONNECTION, settings->connection_changed, settings->context,
        MHD_OPTION_END);
}

/* Readable when the daemon has something to do; -1 if there is none. */
static inline int kizuna_daemon_epoll(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    return info == NULL ? -1 : info->epoll_fd;
}

/* `MHD_get_connection_info` is variadic too. */

static inline void *kizuna_connection_context(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static inline int kizuna_connection_socket(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

static inline const struct sockaddr *kizuna_connection_address(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
}

/* Bytes from the request line's first to the empty line's last. */
static inline size_t kizuna_connection_head_size(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info == NULL ? 0 : info->header_size;
}
