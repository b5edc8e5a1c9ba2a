// libpq. Field codes of an error (`PG_DIAG_…`) are character literals, which Swift imports as CInt. No logic here.
#ifndef SBX_CPQ_H
#define SBX_CPQ_H

#include <libpq-fe.h>

// Ends a batch. libpq 17 can leave the Sync in its buffer, so that a whole tick leaves in one write; before, each Sync
// is pushed by a send of its own.
static inline int sbx_pipeline_sync(PGconn *connection) {
#ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
    return PQsendPipelineSync(connection);
#else
    return PQpipelineSync(connection);
#endif
}

#endif
