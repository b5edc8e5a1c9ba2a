// One entry a file. A test compares this list with the folders, so that a file left out fails the suite.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "CResources.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define RESOURCE(name, array) {name, array, COUNT(array)}

static const unsigned char migration_0001[] = {
#embed "../../migrations/0001_create_schema_and_enter.sql"
};
static const unsigned char migration_0002[] = {
#embed "../../migrations/0002_create_tenants_and_users.sql"
};
static const unsigned char migration_0003[] = {
#embed "../../migrations/0003_create_sandboxes.sql"
};
static const unsigned char migration_0004[] = {
#embed "../../migrations/0004_create_world_store.sql"
};
static const unsigned char migration_0005[] = {
#embed "../../migrations/0005_create_ledger_and_events.sql"
};
static const unsigned char migration_0006[] = {
#embed "../../migrations/0006_create_credentials.sql"
};
static const unsigned char migration_0007[] = {
#embed "../../migrations/0007_create_idempotency_records.sql"
};
static const unsigned char migration_0008[] = {
#embed "../../migrations/0008_create_request_log.sql"
};
static const unsigned char migration_0009[] = {
#embed "../../migrations/0009_create_audit_log.sql"
};
static const unsigned char migration_0010[] = {
#embed "../../migrations/0010_create_directory.sql"
};
static const unsigned char migration_0011[] = {
#embed "../../migrations/0011_create_edge_functions.sql"
};
static const unsigned char contract_payments[] = {
#embed "../../contracts/payments.json"
};
static const unsigned char contract_platform[] = {
#embed "../../contracts/platform.json"
};

static const sbx_resource resources[] = {
    RESOURCE("migrations/0001_create_schema_and_enter.sql", migration_0001),
    RESOURCE("migrations/0002_create_tenants_and_users.sql", migration_0002),
    RESOURCE("migrations/0003_create_sandboxes.sql", migration_0003),
    RESOURCE("migrations/0004_create_world_store.sql", migration_0004),
    RESOURCE("migrations/0005_create_ledger_and_events.sql", migration_0005),
    RESOURCE("migrations/0006_create_credentials.sql", migration_0006),
    RESOURCE("migrations/0007_create_idempotency_records.sql", migration_0007),
    RESOURCE("migrations/0008_create_request_log.sql", migration_0008),
    RESOURCE("migrations/0009_create_audit_log.sql", migration_0009),
    RESOURCE("migrations/0010_create_directory.sql", migration_0010),
    RESOURCE("migrations/0011_create_edge_functions.sql", migration_0011),
    RESOURCE("contracts/payments.json", contract_payments),
    RESOURCE("contracts/platform.json", contract_platform),
};

size_t sbx_resource_count(void) { return COUNT(resources); }
const sbx_resource *sbx_resource_at(size_t index) { return &resources[index]; }
