using SparsePipeline.Sparsification.Kernels;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Kernels;

public sealed class ExactThresholdTests
{
    [Fact]
    public void The_threshold_is_the_kth_score_of_a_sorted_list() =>
        Gen.Select(Gen.OneOf(Gen.OneOf(0f, 1, 1.0000001f, -1), Gen.Float[0, 2]).Array[1, 200], Gen.Double[0, 1]).Sample((scores, part) =>
        {
            var sorted = scores.Where(s => s >= 0).OrderDescending().ToList();
            var kept = (int)(part * sorted.Count);
            var threshold = ExactThreshold.Find(new Listed(scores), new CutGroup([0], kept));
            if (kept == 0)
            {
                threshold.ShouldBe(Threshold.KeepNothing);
                return;
            }
            var score = BitConverter.Int32BitsToSingle(threshold.Bits);
            score.ShouldBe(sorted[kept - 1]);
            threshold.Ties.ShouldBe(kept - sorted.Count(s => s > score));
        });

    [Fact]
    public void Chunks_and_threads_change_nothing()
    {
        var random = new Random(5);
        float[] scores = [.. Enumerable.Range(0, (3 * Chunk.Size) + 77).Select(_ => MathF.Round(random.NextSingle(), 3))];
        var group = new CutGroup([0], 300_000);

        var (one, four) = (Mask(new Listed(scores, 1), group), Mask(new Listed(scores, 4), group));

        four.ShouldBe(one);
        one.Sum(w => (long)ulong.PopCount(w)).ShouldBe(300_000);
    }

    [Fact]
    public void A_score_that_is_not_finite_is_named()
    {
        var scores = new float[5000];
        scores[4321] = float.NaN;

        Should.Throw<DomainException>(() => ExactThreshold.Find(new Listed(scores), new CutGroup([0], 10)))
            .Failure.Reason.ShouldBe("Tensor 'w' holds NaN or infinity at flat index 4321.");
    }

    private static ulong[] Mask(Listed scores, CutGroup group)
    {
        var words = new ulong[TensorMask.WordsFor(scores.Tensors[0].Total)];
        MaskBuilder.Build(scores, group, ExactThreshold.Find(scores, group), [words]);
        return words;
    }

    private sealed class Listed(float[] scores, int parallelism = 2) : IScoreSource
    {
        public IReadOnlyList<PrunableTensor> Tensors { get; } = [new("w", [1, scores.Length], scores.Length, scores.Count(s => s >= 0))];

        public int Parallelism => parallelism;

        public void Read(int tensor, long start, Span<float> run) => scores.AsSpan((int)start, run.Length).CopyTo(run);
    }
}
