/// Named bounds of this module.
package enum Limits {
    /// States and transitions of one graph. The largest lifecycle that we know of, a card dispute
    /// with all its phases, has under 20 and 60; a page that draws more helps nobody.
    static let graphStates = 64
    static let graphTransitions = 256
    /// Business days that a step ahead may span: ten years of them, so that a search ends.
    package static let businessDaysMax = 2_610
}
