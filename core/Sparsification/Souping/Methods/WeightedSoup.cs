using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Averages all candidates with given weights: w = Σ λᵢ wᵢ, λ the weights divided by their sum.</summary>
/// <remarks>
/// Any linear combination of candidates under one mask keeps its zeros: Zimmer, Spiegel, Pokutta, "Sparse Model Soups", ICLR 2024, arXiv
/// 2306.16788, whose Merge(θ₁…θₘ) = Σ λᵢ θᵢ this is; their experiments use λ = 1/m only. Weights go by the candidates' indices in the
/// recipe, so all candidates are needed. Negative weights, which would leave the candidates' hull, are refused. No scoring is needed.
/// </remarks>
internal sealed class WeightedSoup : ISoup
{
    public const string Name = "weighted";

    public const string Option = "weights";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Soup,
        Name = Name,
        Title = "Weighted soup",
        UseWhen = "Use when there is a reason, known before the run, to trust some candidates more than others.",
        Paper = "Zimmer, Spiegel, Pokutta, Sparse Model Soups, ICLR 2024, arXiv 2306.16788 (Merge with general λ)",
        Options = [new(Option, OptionTypes.Numbers, "One weight per candidate, at least 0, not all 0; they are divided by their sum.", Minimum: 0)],
    };

    // The list is held against the candidates as it was written, which says more than its type and range do.
    public void Check(SoupContext context) => Weights(context.Method, context.Candidates.Count);

    public Task<SoupMix> ChooseAsync(SoupContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new SoupMix(context.Everybody) { Weights = Weights(context.Method, context.Candidates.Count) });

    private static IReadOnlyList<double> Weights(MethodSpec method, int candidates)
    {
        double[] given = method.Options?.TryGetValue(Option, out var value) == true ? Read(value) : [];
        return SoupWeights.Problem(given, candidates) is { } problem
            ? throw new DomainException(
                FailureCodes.InvalidOption, $"The option '{Option}' of the soup '{Name}' is [{string.Join(", ", given)}]: {problem}.", SoupWeights.Remedy)
            : [.. given.Select(w => w / given.Sum())];
    }

    private static double[] Read(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Number)
            ? [.. value.EnumerateArray().Select(e => e.GetDouble())]
            : throw new DomainException(FailureCodes.InvalidOption, $"The option '{Option}' of the soup '{Name}' is {value}.", SoupWeights.Remedy);
}
