// OpenSSL 3, with names for the macros that Swift cannot import. No logic here.
#ifndef SBX_COPENSSL_H
#define SBX_COPENSSL_H

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
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
static inline int sbx_EVP_PKEY_PUBLIC_KEY(void) { return EVP_PKEY_PUBLIC_KEY; }
static inline EVP_PKEY *sbx_EVP_RSA_gen(unsigned int bits) { return EVP_RSA_gen(bits); }
static inline EVP_PKEY *sbx_EVP_ED25519_gen(void) { return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"); }
static inline int sbx_BIO_get_mem_data(BIO *bio, char **data) { return (int)BIO_get_mem_data(bio, data); }
static inline unsigned long sbx_XN_FLAG_RFC2253(void) { return XN_FLAG_RFC2253; }
static inline int sbx_GENERAL_NAMES_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline void sbx_GENERAL_NAMES_free(GENERAL_NAMES *names) { GENERAL_NAMES_free(names); }
static inline const ASN1_STRING *sbx_GENERAL_NAMES_text(const GENERAL_NAMES *names, int index, int type) { const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index); return name->type == type ? name->d.ia5 : NULL; }
static inline int sbx_extensions_count(const STACK_OF(X509_EXTENSION) *list) { return sk_X509_EXTENSION_num(list); }
static inline X509_EXTENSION *sbx_extensions_at(const STACK_OF(X509_EXTENSION) *list, int index) { return sk_X509_EXTENSION_value(list, index); }
static inline void sbx_extensions_free(STACK_OF(X509_EXTENSION) *list) { sk_X509_EXTENSION_pop_free(list, X509_EXTENSION_free); }

#endif
