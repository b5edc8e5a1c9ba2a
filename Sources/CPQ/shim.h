// libpq. Field codes of an error (`PG_DIAG_…`) are character literals, which Swift imports as CInt. No logic here.
#ifndef SBX_CPQ_H
#define SBX_CPQ_H

#include <libpq-fe.h>

#endif
