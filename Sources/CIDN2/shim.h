// libidn2, whole. No logic here.
#ifndef SBX_CIDN2_H
#define SBX_CIDN2_H

#include <idn2.h>

#endif
