using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Goes from the anchor towards the mean of the members as far as the angles between them say: w = t·mean(wᵢ) + (1 − t)·w₀, tensor by tensor.</summary>
/// <remarks>
/// Jang, Yun, Han, "Model Stock: All we need is just a few fine-tuned models", ECCV 2024, arXiv 2403.19522. With dᵢ = wᵢ − w₀ and c the mean cosine
/// of all pairs dᵢ, dⱼ, t = n·c / (1 + (n − 1)·c); the mean over pairs for n > 2 is the reading of public code. We clamp t to [0, 1], since c below 0
/// would leave the line between anchor and mean and c = −1/(n − 1) divides by 0, and say where; a pair of which one is the anchor has the cosine 0; one member alone
/// is itself. Pruned positions are 0 in all of them and change no cosine. Sums in 64 bits in the order of the members' contents. Two passes; no seed.
/// The anchor must be a trained network: straight after a cut all members leave it in the same direction, and t is near 1.
/// </remarks>
internal sealed class ModelStockSoup : ISoup
{
    public const string Name = "model-stock";

    private const string Rowwise = "rowwise";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Soup,
        Name = Name,
        Title = "Model Stock",
        UseWhen = "Use with two or three fine-tuned networks and the trained network they started from, in place of a large soup.",
        Paper = "Jang, Yun, Han, Model Stock: All we need is just a few fine-tuned models, ECCV 2024, arXiv 2403.19522",
        Needs = MethodNeeds.Anchor,
        Options = [OptionInfo.Boolean(Rowwise, "Whether every row of a matrix has a share of its own.", standard: false)],
    };

    public Task<SoupMix> ChooseAsync(SoupContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new SoupMix(context.Everybody) { Merge = new Stock(context.Options.Boolean(Rowwise)) });

    private sealed class Stock(bool rowwise) : ITensorMerge
    {
        public TensorRule Look(TensorReading tensor)
        {
            var rows = rowwise ? tensor.Rows : 1;
            var angles = DeltaAngles.Of(tensor, rows);
            var raw = Enumerable.Range(0, checked((int)rows)).Select(row => Share(angles.MeanCosine(row), tensor.Members)).ToArray();
            double[] shares = [.. raw.Select(t => Math.Clamp(t, 0, 1))];
            var columns = angles.Columns;
            return new TensorRule((run, merged) => Merge(run, shares, columns, merged), new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                ["t"] = shares.Average(),
                ["clamped"] = raw.Where((t, row) => t != shares[row]).Count(),
            });
        }

        private static double Share(double cosine, int members) =>
            members == 1 ? 1 : 1 + ((members - 1) * cosine) is > 0 and var divisor ? members * cosine / divisor : double.NegativeInfinity;

        private static void Merge(TensorRun run, double[] shares, long columns, Span<double> merged)
        {
            MemberMean.Of(run, merged);
            for (var i = 0; i < merged.Length; i++)
                if (shares[(run.Start + i) / columns] is not 1 and var t && merged[i] != run.Anchor[i])
                    merged[i] = (t * merged[i]) + ((1 - t) * run.Anchor[i]);
        }
    }
}
