using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// Turns a recipe and the results there are into the steps that may run next: a pure function, planned again at every
/// event. Events make a run fast, planning again makes it right.
/// </summary>
public static class Planner
{
    /// <summary>Where the run stands at <paramref name="now"/>.</summary>
    /// <param name="recipe">A recipe that <see cref="RunGraph.Of"/> accepts.</param>
    /// <param name="lookup">Results and recorded choices.</param>
    /// <param name="now">Decides only whether a soup's deadline has passed.</param>
    /// <exception cref="DomainException">The recipe asks for something no graph can be built from.</exception>
    public static Plan Plan(Recipe recipe, IPlanLookup lookup, DateTimeOffset now) => RunGraph.Of(recipe).Plan(lookup, now);
}
