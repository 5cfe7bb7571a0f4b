using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>The middle of the arc between two networks, tensor by tensor: w = (w₁ + w₂) · sin(Ω/2) / sin Ω, Ω the angle between them.</summary>
/// <remarks>
/// Shoemake, "Animating rotation with quaternion curves", SIGGRAPH 1985, at t = 1/2, as public code for merging applies it to whole tensors. On the straight
/// line between them the norm shrinks by cos(Ω/2); here it does not. Tensors at an angle whose cosine is beyond ±0.9995 are averaged, since sin Ω
/// vanishes. Two passes; no seed.
/// </remarks>
internal sealed class SlerpSoup : ISoup
{
    public const string Name = "slerp";

    private const double Straight = 0.9995;

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Soup,
        Name = Name,
        Title = "Spherical mean of two",
        UseWhen = "Use with exactly two networks that lie far apart, where a mean would shrink the weights.",
        Paper = "Shoemake, Animating rotation with quaternion curves, SIGGRAPH 1985",
    };

    public int Most => 2;

    public Task<SoupMix> ChooseAsync(SoupContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new SoupMix(context.Everybody) { Merge = new Arc() });

    private sealed class Arc : ITensorMerge
    {
        public TensorRule Look(TensorReading tensor)
        {
            var cosine = tensor.Members == 2 ? Cosine(tensor) : 1;
            var factor = Math.Abs(cosine) > Straight ? 1 : 2 * Math.Sin(Math.Acos(cosine) / 2) / Math.Sin(Math.Acos(cosine));
            var figures = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["cosine"] = cosine };
            return new TensorRule((run, merged) => Merge(run, factor, merged), figures);
        }

        private static double Cosine(TensorReading tensor)
        {
            var (product, first, second) = (0.0, 0.0, 0.0);
            tensor.Scan(run =>
            {
                for (var i = 0; i < run.Count; i++)
                {
                    var (a, b) = (run.Member(0)[i], run.Member(1)[i]);
                    (product, first, second) = (product + (a * b), first + (a * a), second + (b * b));
                }
            });
            return Math.Sqrt(first * second) is > 0 and var norms ? Math.Clamp(product / norms, -1, 1) : 1;
        }

        private static void Merge(TensorRun run, double factor, Span<double> merged)
        {
            MemberMean.Of(run, merged);
            if (factor != 1)
                for (var i = 0; i < merged.Length; i++)
                    merged[i] *= factor;
        }
    }
}
