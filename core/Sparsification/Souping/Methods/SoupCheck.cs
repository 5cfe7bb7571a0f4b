using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Holds what is offered to a soup against what the soup needs.</summary>
internal static class SoupCheck
{
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>.</exception>
    public static void Ensure(ISoup soup, SoupContext context)
    {
        if (SoupNeeds.Problem(soup.Info, context.Anchor is not null) is { } problem)
            throw new DomainException(FailureCodes.InvalidOption, $"{problem}.", SoupNeeds.Remedy(soup.Info));
        if (soup.Info.Needs.HasFlag(MethodNeeds.Gradients) && context.Candidates.Any(c => c.Statistics is null))
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"The soup '{soup.Info.Name}' goes by gradients of every network, and there are none.",
                "Use it in a recipe, whose run collects them on a sample of the training data, or use another soup.");
        if (context.Candidates.Count > soup.Most)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"The soup '{soup.Info.Name}' merges at most {soup.Most} networks, and there are {context.Candidates.Count}.",
                "Offer fewer, or use another soup.");
        soup.Check(context);
    }
}
