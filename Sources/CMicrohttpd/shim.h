#include <microhttpd.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/* What the daemon is started with. In C because `MHD_start_daemon` is variadic. */
struct kizuna_daemon_settings {
    unsigned int connections;
    unsigned int idle_seconds;
    size_t connection_memory;
    /* Over TLS where `certificates` is not NULL. All four are zero-terminated texts that outlive the daemon. */
    const char *certificates;
    const char *private_key;
    const char *priorities;
    /* Clients are asked for a certificate where this is not NULL. */
    const char *client_authorities;
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
    struct MHD_OptionItem tls[5];
    int count = 0;
    if (settings->certificates != NULL) {
        tls[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)settings->certificates};
        tls[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)settings->private_key};
        tls[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)settings->priorities};
        if (settings->client_authorities != NULL)
            tls[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_TRUST, 0, (void *)settings->client_authorities};
    }
    tls[count] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET
            | (settings->certificates == NULL ? 0 : MHD_USE_TLS),
        0, NULL, NULL, settings->request_progressed, settings->context,
        MHD_OPTION_CONNECTION_LIMIT, settings->connections,
        MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->connection_memory,
        MHD_OPTION_UNESCAPE_CALLBACK, kizuna_keep_escapes, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, settings->target_arrived, settings->context,
        MHD_OPTION_NOTIFY_COMPLETED, settings->request_ended, settings->context,
        MHD_OPTION_NOTIFY_CONNECTION, settings->connection_changed, settings->context,
        MHD_OPTION_ARRAY, tls,
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

/* NULL where the connection is not over TLS. */
static inline gnutls_session_t kizuna_connection_session(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    return info == NULL ? NULL : (gnutls_session_t)info->tls_session;
}

/* The SHA-256 of the certificate that the client has shown and proved to hold the key of, in 32 bytes.

   Returns whether there is one; `trouble` is 0 where its chain ends at an authority that clients are asked for, and
   today is in its time. */
static inline int kizuna_client_certificate(gnutls_session_t session, unsigned char *digest, unsigned int *trouble) {
    unsigned int count = 0;
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(session, &count);
    size_t size = 32;
    if (chain == NULL || count == 0) return 0;
    if (gnutls_fingerprint(GNUTLS_DIG_SHA256, &chain[0], digest, &size) != 0 || size != 32) return 0;
    if (gnutls_certificate_verify_peers2(session, trouble) != 0) *trouble = GNUTLS_CERT_INVALID;
    return 1;
}

/* Whether certificates, their key, the authorities (or NULL) and the priorities can be used: 0, or an error of GnuTLS. */
static inline int kizuna_check_tls(
    const gnutls_datum_t *certificates,
    const gnutls_datum_t *private_key,
    const gnutls_datum_t *authorities,
    const char *priorities
) {
    gnutls_certificate_credentials_t credentials;
    gnutls_priority_t cache;
    int code = gnutls_certificate_allocate_credentials(&credentials);
    if (code != 0) return code;
    code = gnutls_certificate_set_x509_key_mem(credentials, certificates, private_key, GNUTLS_X509_FMT_PEM);
    if (code >= 0 && authorities != NULL) {
        code = gnutls_certificate_set_x509_trust_mem(credentials, authorities, GNUTLS_X509_FMT_PEM);
        if (code == 0) code = GNUTLS_E_NO_CERTIFICATE_FOUND;
    }
    gnutls_certificate_free_credentials(credentials);
    if (code < 0) return code;
    code = gnutls_priority_init(&cache, priorities, NULL);
    if (code == 0) gnutls_priority_deinit(cache);
    return code;
}
