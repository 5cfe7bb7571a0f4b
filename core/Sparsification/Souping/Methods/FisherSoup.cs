using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Weighs every number of a member by how much the member's loss depends on it: w = Σ Fᵢ wᵢ / Σ Fᵢ, element by element.</summary>
/// <remarks>
/// Matena, Raffel, "Merging Models with Fisher-Weighted Averaging", NeurIPS 2022, arXiv 2111.09832: the closed form for diagonal Fisher matrices and equal λ. They take the expectation
/// over y ~ p(y|x); here F is the empirical Fisher diagonal, of the labels that the data has (Martens 2020, arXiv 1412.1193, section 11, on the difference). F is at least
/// <c>floor</c>, as in the authors' code, so that numbers no member depends on are averaged. Pruned positions are 0 in all members and stay so. Updated member by
/// member, so that equal numbers stay what they are. One pass; no seed.
/// </remarks>
internal sealed class FisherSoup : ISoup
{
    public const string Name = "fisher";

    private const string Floor = "floor";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Soup,
        Name = Name,
        Title = "Fisher-weighted average",
        UseWhen = "Use to let each member decide where its own loss is steep; it costs a backward pass for every example of a sample and member.",
        Paper = "Matena, Raffel, Merging Models with Fisher-Weighted Averaging, NeurIPS 2022, arXiv 2111.09832",
        Needs = MethodNeeds.Gradients,
        Options = [OptionInfo.Number(Floor, "Least weight of a number: what no member's loss depends on is averaged.", 1e-6, minimum: 1e-300, maximum: 1)],
    };

    public Task<SoupMix> ChooseAsync(SoupContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new SoupMix(context.Everybody) { Merge = new Weighted(context.Options.Number(Floor)) });

    private sealed class Weighted(double floor) : ITensorMerge
    {
        public TensorRule Look(TensorReading tensor) => new(Merge);

        private void Merge(TensorRun run, Span<double> merged)
        {
            run.Member(0).CopyTo(merged);
            var total = new double[merged.Length];
            for (var member = 0; member < run.Members; member++)
            {
                var numbers = run.Member(member);
                var fisher = run.Fisher(member);
                for (var i = 0; i < merged.Length; i++)
                {
                    var weight = Math.Max(floor, fisher[i]);
                    total[i] += weight;
                    if (numbers[i] != merged[i])
                        merged[i] += (numbers[i] - merged[i]) * weight / total[i];
                }
            }
        }
    }
}
