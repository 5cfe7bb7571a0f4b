using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CheckpointUse.Average)]
    [InlineData(CheckpointUse.Prune)]
    [InlineData(CheckpointUse.Network)]
    [InlineData(CheckpointUse.Copy)]
    [InlineData(CheckpointUse.Pack)]
    public void A_packed_file_is_unpacked_whatever_it_is_opened_for_and_leaves_nothing_behind(CheckpointUse use)
    {
        using var state = CheckpointFile.Open(Cases.Path("f1-a.packed"), use, _folder.Path);

        state.Tensors.ShouldHaveSingleItem().ToString().ShouldBe("fc.weight F32 [2, 4]");
        state.Floats("fc.weight", 0, 8).ToArray().ShouldBe([1, 0, 2, 0, 3, 0, 4, 0]);
        state.Metadata.ShouldBeEmpty();
        state.Path.ShouldBe(Cases.Path("f1-a.packed"));
        state.Files.ShouldBe([Cases.Path("f1-a.packed")]);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("quantised", "Dequantise")]
    [InlineData("adapter", "merge_and_unload()")]
    [InlineData("masked", "torch.nn.utils.prune.remove(module, 'weight')")]
    [InlineData("weight-norm", "torch.nn.utils.remove_weight_norm(module)")]
    [InlineData("spectral", "torch.nn.utils.remove_spectral_norm(module)")]
    [InlineData("optimiser", "state_dict()")]
    public void What_is_not_linear_is_refused_with_reason_and_way_out_but_copied_and_packed(string kind, string remedy)
    {
        var path = Save(kind);

        foreach (var use in (CheckpointUse[])[CheckpointUse.Average, CheckpointUse.Prune, CheckpointUse.Network])
        {
            var failure = Should.Throw<DomainException>(() => CheckpointFile.Open(path, use)).Failure;
            failure.Code.ShouldBe(FailureCodes.WrongKind);
            failure.Reason.ShouldStartWith($"{kind}.safetensors is ");
            failure.Remedy.ShouldContain(remedy);
        }

        foreach (var use in (CheckpointUse[])[CheckpointUse.Copy, CheckpointUse.Pack])
            CheckpointFile.Open(path, use).Dispose();
    }

    [Fact]
    public void What_is_refused_plain_is_refused_packed()
    {
        using (var adapter = StateDict.Open(Save("adapter")))
            PackedCheckpoint.Pack(adapter, _folder.File("packed.safetensors"));

        Should.Throw<DomainException>(() => CheckpointFile.Open(_folder.File("packed.safetensors"), CheckpointUse.Average, _folder.Path))
            .Failure.Reason.ShouldStartWith("packed.safetensors is an adapter");
        CheckpointInspector.Inspect(_folder.File("packed.safetensors")).Packs.ShouldBe("adapter");
        Directory.GetFileSystemEntries(_folder.Path).Length.ShouldBe(2);
    }

    [Fact]
    public void A_mask_is_no_checkpoint_and_a_checkpoint_no_mask()
    {
        Masks.Of(("fc.weight", [1, 4], "1010")).Save(_folder.File("mask.safetensors"));

        foreach (var use in (CheckpointUse[])[CheckpointUse.Average, CheckpointUse.Prune, CheckpointUse.Network, CheckpointUse.Pack])
            Should.Throw<DomainException>(() => CheckpointFile.Open(_folder.File("mask.safetensors"), use)).Failure.Remedy.ShouldContain("--mask");
        var failure = Should.Throw<DomainException>(() => SparsityMask.Load(Save("adapter"))).Failure;
        failure.Code.ShouldBe(FailureCodes.WrongKind);
        failure.Reason.ShouldStartWith("adapter.safetensors is not a sparsity mask but an adapter");
    }

    [Fact]
    public void Of_several_files_every_one_that_is_refused_is_named()
    {
        var failure = Should.Throw<DomainException>(
            () => CheckpointFile.OpenAll([Save("adapter"), Cases.Path("f1-a"), Save("masked"), _folder.File("none")], CheckpointUse.Average)).Failure;

        failure.Code.ShouldBe(FailureCodes.WrongKind);
        failure.Reason.ShouldContain("adapter.safetensors is an adapter");
        failure.Reason.ShouldContain("masked.safetensors is a model with pruning masks");
        failure.Reason.ShouldContain("none does not exist");
        failure.Reason.ShouldNotContain("f1-a");
    }

    [Fact]
    public void A_file_packed_without_its_bits_is_opened_with_its_mask()
    {
        var mask = Masks.Of(("fc.weight", [2, 4], "1010 1010"));
        using (var dense = StateDict.Open(Cases.Path("f1-a")))
            PackedCheckpoint.Pack(dense, _folder.File("bare.safetensors"), mask, maskElsewhere: true);

        using var state = CheckpointFile.Open(_folder.File("bare.safetensors"), CheckpointUse.Average, _folder.Path, mask);

        state.Floats("fc.weight", 0, 8).ToArray().ShouldBe([1, 0, 2, 0, 3, 0, 4, 0]);
        Should.Throw<DomainException>(() => CheckpointFile.Open(_folder.File("bare.safetensors"), CheckpointUse.Average))
            .Failure.Code.ShouldBe(FailureCodes.MaskMismatch);
    }

    [Fact]
    public void Inspecting_names_the_kind_and_what_it_was_recognised_by()
    {
        var summary = CheckpointInspector.Inspect(Save("weight-norm"));

        summary.Kind.ShouldBe("weight-norm");
        summary.Evidence.ShouldBe("a weight is computed from 'fc.weight_g' and 'fc.weight_v'");
        CheckpointInspector.Verify(Save("weight-norm")).Checks[0].Detail.ShouldBe("weight-norm, 2 tensors in 1 file(s)");
    }

    private string Save(string kind) => (kind switch
    {
        "quantised" => new StateDictBuilder().Raw("fc.weight", TensorType.I8, [1, 2], 1, 2).Floats("fc.scale", [1], 3),
        "adapter" => Pair("q.lora_A.weight", "q.lora_B.weight", [2, 2]),
        "masked" => Pair("fc.weight_orig", "fc.weight_mask", [2, 2]),
        "weight-norm" => Pair("fc.weight_g", "fc.weight_v", [2, 1]),
        "spectral" => Pair("fc.weight_u", "fc.weight_orig", [2]),
        _ => Pair("state.0.exp_avg", "state.0.exp_avg_sq", [2, 2]),
    }).Save(_folder.File(kind + ".safetensors"));

    private static StateDictBuilder Pair(string first, string second, long[] shape) =>
        new StateDictBuilder().Random(first, shape, 1).Random(second, [2, 2], 2);
}
