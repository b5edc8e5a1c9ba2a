// OpenSSL 3, with names for the macros that Swift cannot import. No logic here.
#ifndef SBX_COPENSSL_H
#define SBX_COPENSSL_H

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

static inline int sbx_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) { return (int)SSL_CTX_set_min_proto_version(context, version); }
static inline int sbx_SSL_set_tlsext_host_name(SSL *ssl, const char *name) { return (int)SSL_set_tlsext_host_name(ssl, name); }
static inline long sbx_SSL_CTX_set_mode(SSL_CTX *context, long mode) { return SSL_CTX_set_mode(context, mode); }
static inline uint64_t sbx_SSL_CTX_set_options(SSL_CTX *context, uint64_t options) { return SSL_CTX_set_options(context, options); }
static inline long sbx_SSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode) { return SSL_CTX_set_session_cache_mode(context, mode); }
static inline long sbx_SSL_CTX_set_servername_callback(SSL_CTX *context, int (*callback)(SSL *, int *, void *)) { return SSL_CTX_set_tlsext_servername_callback(context, callback); }
static inline long sbx_SSL_CTX_set_servername_arg(SSL_CTX *context, void *argument) { return SSL_CTX_set_tlsext_servername_arg(context, argument); }
static inline EVP_PKEY *sbx_EVP_EC_gen(const char *curve) { return EVP_EC_gen(curve); }
static inline int sbx_BIO_get_mem_data(BIO *bio, char **data) { return (int)BIO_get_mem_data(bio, data); }

#endif
