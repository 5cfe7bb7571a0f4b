using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Loop;

/// <summary>Candidates of one cycle: same start, same mask.</summary>
public sealed class SparseRetrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Precisions.Float32)]
    [InlineData(Precisions.Bfloat16)]
    public void Trap_pruned_positions_are_exact_zeros_after_retraining_with_weight_decay_and_momentum(string precision)
    {
        var (dense, mask) = Pretrain();
        Retrain(dense, mask, seed: 1, "candidate", precision);

        using var state = StateDict.Open(_folder.File("candidate"));
        foreach (var tensor in mask.Tensors)
            for (var i = 0; i < tensor.Count; i++)
                if (!tensor.IsKept(i))
                    BitConverter.SingleToInt32Bits(state.Floats(tensor.Name, i, 1)[0]).ShouldBe(0);
    }

    [Fact]
    public void Trap_candidates_share_start_and_mask_and_differ_only_by_their_seed()
    {
        var (dense, mask) = Pretrain();

        Retrain(dense, mask, seed: 1, "a").ShouldBe(Retrain(dense, mask, seed: 1, "b"));
        Retrain(dense, mask, seed: 2, "c").ShouldNotBe(Retrain(dense, mask, seed: 1, "d"));
    }

    [Fact]
    public void A_pruned_start_file_and_the_dense_one_under_the_same_mask_end_in_the_same_bytes()
    {
        var (dense, mask) = Pretrain();
        Prune(dense.File, mask, _folder.File("pruned"));

        Retrain(dense with { File = _folder.File("pruned") }, mask, seed: 1, "a").ShouldBe(Retrain(dense, mask, seed: 1, "b"));
    }

    private sealed record Dense(string File, TrainReport Report);

    private (Dense Dense, SparsityMask Mask) Pretrain()
    {
        var outcome = Trainings.Run(Trainings.Inputs(Trainings.Spec), _folder.File("dense"));
        var bits = string.Concat(Enumerable.Range(0, 16 * 64).Select(i => i % 3 == 0 ? '1' : '0'));
        return (new Dense(_folder.File("dense"), outcome.Report), Masks.Of(("layers.0.weight", [16, 64], bits)));
    }

    private byte[] Retrain(Dense dense, SparsityMask mask, long seed, string name, string precision = Precisions.Float32)
    {
        var spec = Trainings.Spec with { Seed = seed, Precision = precision, Schedule = MethodSpec.Of("LLR"), PeakLearningRate = null, WeightDecay = 0.01 };
        Trainings.Run(Trainings.Inputs(spec, dense.File, mask, dense.Report), _folder.File(name));
        return File.ReadAllBytes(_folder.File(name));
    }

    private static void Prune(string from, SparsityMask mask, string to)
    {
        using var state = StateDict.Open(from);
        using var writer = StateDictWriter.Create(to, state.Tensors);
        foreach (var tensor in state.Tensors)
            for (var i = 0; i < tensor.Count; i++)
                if (mask.Find(tensor.Name)?.IsKept(i) ?? true)
                    writer.WriteFloats(tensor.Name, i, state.Floats(tensor.Name, i, 1));
        writer.Complete();
    }
}
