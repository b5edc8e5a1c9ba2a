/// What the JSON parser takes at most. Sizes of request bodies are bounded earlier, by HTTP.
package struct JSONLimits: Sendable {
    /// Bytes of one document.
    package var bytesMax: Int
    /// Arrays and objects inside each other; `[[1]]` is 2. One level costs some 300 bytes of stack.
    package var depthMax: Int

    package init(bytesMax: Int, depthMax: Int) {
        self.bytesMax = bytesMax
        self.depthMax = depthMax
    }

    /// 16 MiB: four times the largest published contract (4 MB).
    /// 512 levels: the deepest real contract nests 40; 512 levels fit a thread of 512 KiB.
    package static let standard = JSONLimits(bytesMax: 16 << 20, depthMax: 512)
}

/// Bounds of this module that no caller changes.
enum Limits {
    /// Objects with more members keep a hash index, which takes memory and time to build; below,
    /// comparing names in a row is faster. Documents of APIs rarely have more.
    static let membersWithoutIndex = 32

    /// Instructions of one pattern after unrolling `{n,m}`. RE2 stops at a similar size; real
    /// contracts stay below 1,000.
    static let patternInstructionsMax = 10_000
    /// Bounds of a pattern's table: its states (`[a-z]{1,64}` has 65), the sets in it, and the
    /// steps to make it, some 5 ms. Beyond them the threads run instead.
    static let automatonStatesMax = 600
    static let automatonSetsMax = 100
    static let automatonWorkMax = 200_000
    /// Groups inside each other in a pattern; the parser recurses.
    static let patternDepthMax = 100

    /// Faults of one value. A form has fewer fields; more would only cost.
    static let faultsMax = 50
    /// Schemas inside each other during validation: references, compositions and members. Ends
    /// references that lead back to themselves without going into the value.
    static let schemaDepthMax = 1_024
    /// Schemas applied to one value, before it counts as not valid: alternatives inside
    /// alternatives multiply. A body of 1 MB with simple rules takes some 100,000; a million take
    /// 0.2 s.
    static let schemaStepsMax = 1_000_000
    /// Problems reported for one schema or contract.
    static let problemsMax = 100
    /// Characters of a received value that a fault repeats.
    static let shownCharactersMax = 60

    /// Values that the aliases of one YAML document repeat. Contracts repeat some thousands; nine
    /// lists of nine aliases each, nine times over, would make a billion of a kilobyte.
    static let yamlAliasedNodesMax = 1_000_000

    /// Operations that can be looked for by name; the largest published contracts have some five
    /// thousand.
    static let indexedOperations = 20_000
    /// Characters of a summary that are looked through and shown.
    static let indexedSummaryCharacters = 200

    /// Webhooks of a contract that are read; large platforms declare some three hundred.
    static let declaredWebhooksMax = 1_000

    /// Requests that one operation's callbacks are: each is sent with every call. Published
    /// contracts declare up to four.
    static let callbacksMax = 16
    /// Header fields and query parameters of a webhook or callback; published ones have up to six.
    static let messageParametersMax = 32
    /// Pieces of a callback's address.
    static let templatePartsMax = 64

    // Bounds of XML. The largest body that a call may bring has 1 MiB, what an upstream answers may
    // be larger; libxml2 itself ends at 256 levels.
    static let xmlBytesMax = 16 << 20
    static let xmlDepthMax = 100
    /// Elements, ends of elements and texts: those of 8 MiB of the densest markup.
    static let xmlNodesMax = 2_000_000
    /// Bytes in which an encoding is looked for.
    static let xmlDeclarationBytesMax = 256
    /// Alternatives that are tried for one element, and elements that are read again for them in one
    /// body: alternatives inside alternatives multiply.
    static let xmlBranchesMax = 16
    static let xmlRepeatsMax = 10_000

    /// References that lead to references.
    static let referenceHopsMax = 32
    /// Segments looked at for one path, those included from which the search turned back. Longer
    /// paths are not found.
    static let pathStepsMax = 256

    /// Bounds of made values. Objects of real APIs nest some five levels, and what may be left out
    /// is made in the first two; a cycle of required members ends with the depth.
    static let madeDepthMax = 24
    static let madeOptionalDepthMax = 2
    static let madeSchemasMax = 2_000
    /// Elements and members that a schema can force; larger ones are not met.
    static let madeItemsMax = 100
    /// Branches tried for one value, and texts tried for one pattern.
    static let madeAttemptsMax = 6
    /// Characters of a made text.
    static let madeTextMax = 4_096

    /// Parts of a multipart body.
    static let partsMax = 100
    /// Levels of a form's name, `a[b][c]` has three.
    static let formDepthMax = 32

    /// Bounds of a comparison of two contracts: findings, pairs of schemas, and tokens of a schema's
    /// place. The largest contract has some 30,000 schemas. A rewrite of the largest contract changes some hundreds of places.
    static let changesMax = 1_000
    static let comparedSchemasMax = 200_000
    static let comparedDepthMax = 200
    /// Findings of one lint.
    static let findingsMax = 1_000

    /// Bounds of a JSONPath query: its bytes, and filters, parentheses and functions inside each
    /// other, since the parser recurses. Queries of published overlays have some hundred bytes.
    static let jsonPathBytesMax = 4_096
    static let jsonPathDepthMax = 32
    /// Bounds of an overlay: its actions, and the values that all their queries may look at
    /// together. The largest contract has some 400,000 values, so ten queries may search it whole;
    /// they take some 2 s. What actions add is bounded too: a document that is copied into itself
    /// doubles each time.
    static let overlayActionsMax = 1_000
    static let overlayStepsMax = 5_000_000
    static let overlaidPlacesMax = 20_000
    static let overlaidValuesMax = 500_000

    // Bounds of templates. A page of a list has some kilobytes; a run of 100,000 steps takes some
    // 20 ms, which a loop can bear for one call.
    static let templateBytesMax = 1 << 16
    /// Pieces of text, places and blocks in one text.
    static let templateNodesMax = 2_000
    /// Blocks inside blocks, and helpers inside helpers.
    static let templateDepthMax = 16
    static let templateArgumentsMax = 16
    static let templateDocumentDepthMax = 64
    static let templateStepsMax = 100_000
    /// What one run writes, twice the largest body that a call may bring.
    static let templateOutputBytesMax = 1 << 21

    // Bounds of an upload of several files. The largest published contracts stand in some 1,500;
    // together they may have the bytes that one document may have.
    static let uploadFilesMax = 4_000
    static let uploadPathBytesMax = 1_024
    static let uploadBytesMax = 8 << 20
    /// Values of all its documents, aliases of YAML counted each time: those of the densest JSON of
    /// that size.
    static let uploadValuesMax = 4_000_000
    /// Bytes at the beginning of a file that tell what it is.
    static let kindBytesMax = 4_096
    /// Bytes of a name that a part gets from its place.
    static let componentNameBytesMax = 200
    /// Files that a refusal names.
    static let namedFilesMax = 20
}
