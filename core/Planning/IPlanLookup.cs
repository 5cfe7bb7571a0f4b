using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What the planner may ask about the world: results that exist and choices that were recorded.</summary>
public interface IPlanLookup
{
    /// <summary>The stored result of a step, or null while there is none.</summary>
    StepResult? Result(string stepKey);

    /// <summary>
    /// Step keys of the candidates recorded for a partial soup, or null when no choice was recorded under this <see cref="SoupChoice.Node"/>.
    /// </summary>
    IReadOnlyList<string>? Choice(string node);
}
