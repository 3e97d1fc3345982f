#include <curl/curl.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

/* curl's setters and getters are variadic: here is one for each type that Kizuna passes. */

static inline CURLcode kizuna_easy_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode kizuna_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode kizuna_easy_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode kizuna_easy_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

typedef size_t (*kizuna_bytes_callback)(char *bytes, size_t size, size_t count, void *context);

/* Where head and body of an answer go. */
static inline CURLcode kizuna_easy_set_sinks(CURL *easy, kizuna_bytes_callback head, kizuna_bytes_callback body) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, head);
    return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body) : code;
}

/* Where a body comes from that is not given as a whole. */
static inline CURLcode kizuna_easy_set_source(CURL *easy, kizuna_bytes_callback body) {
    return curl_easy_setopt(easy, CURLOPT_READFUNCTION, body);
}

/* The server's own certificate in PEM, or NULL; libcurl's until the next transfer. */
static inline const char *kizuna_easy_get_certificate(CURL *easy) {
    static const char name[] = "Cert:";
    struct curl_certinfo *shown = NULL;
    if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &shown) != CURLE_OK || shown == NULL || shown->num_of_certs < 1)
        return NULL;
    for (struct curl_slist *line = shown->certinfo[0]; line != NULL; line = line->next)
        if (strncmp(line->data, name, sizeof name - 1) == 0) return line->data + sizeof name - 1;
    return NULL;
}

/* Who makes the sockets, once the address is known. */
static inline CURLcode kizuna_easy_set_opener(CURL *easy, curl_opensocket_callback open) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open);
}

/* Who closes them. */
static inline CURLcode kizuna_easy_set_closer(CURL *easy, curl_closesocket_callback close, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, context);
    return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close) : code;
}

static inline long kizuna_easy_get_number(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline curl_off_t kizuna_easy_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline CURLMcode kizuna_multi_set_number(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/* Who is told which sockets to watch and when to come back. */
static inline CURLMcode kizuna_multi_set_watchers(CURLM *multi, curl_socket_callback watch,
                                                  curl_multi_timer_callback timer, void *context) {
    CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch);
    if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
    if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return code;
}

/* The next finished transfer and its result, or NULL. */
static inline CURL *kizuna_multi_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}
