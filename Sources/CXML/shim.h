// libxml2's pull reader. No logic here.
#ifndef SBX_CXML_H
#define SBX_CXML_H

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>

#endif
