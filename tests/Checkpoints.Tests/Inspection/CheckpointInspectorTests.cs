using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class CheckpointInspectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Model => _folder.File("m.safetensors");

    private string Mask => _folder.File("mask.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_is_summed_up_with_its_sparsity_by_layer_and_over_all()
    {
        Save();

        var summary = CheckpointInspector.Inspect(Model);

        summary.Kind.ShouldBe("state-dict");
        summary.Tensors.Select(t => (t.Name, t.NonZero, t.Prunable))
            .ShouldBe([("fc.bias", 2, false), ("fc.steps", 1, false), ("fc.weight", 2, true)]);
        summary.Tensors[2].Sparsity.ShouldBe(0.75);
        (summary.Parameters, summary.NonZero, summary.PrunableParameters, summary.PrunableNonZero).ShouldBe((10, 4, 8, 2));
        summary.GlobalSparsity.ShouldBe(0.6);
        summary.PrunableSparsity.ShouldBe(0.75);
        summary.ContentDigest.ShouldBe(ContentDigest.OfFile(Model));
        summary.MaskDigest.ShouldBe(SavedMask("1000 0010").Digest);
    }

    [Fact]
    public void Packed_and_dense_form_of_one_checkpoint_agree()
    {
        Save();
        using (var source = StateDict.Open(Model))
            PackedCheckpoint.Pack(source, _folder.File("p.safetensors"));

        var dense = CheckpointInspector.Inspect(Model);
        var packed = CheckpointInspector.Inspect(_folder.File("p.safetensors"));

        packed.Kind.ShouldBe("sparse-bitmask");
        packed.StructureDigest.ShouldBe(dense.StructureDigest);
        packed.MaskDigest.ShouldBe(dense.MaskDigest);
        packed.Tensors.Select(t => (t.Name, t.Count, t.NonZero)).ShouldBe(dense.Tensors.Select(t => (t.Name, t.Count, t.NonZero)));
    }

    [Fact]
    public void A_mask_is_summed_up_by_what_it_keeps()
    {
        var mask = SavedMask("1000 0011");

        var summary = CheckpointInspector.Inspect(Mask);

        summary.Kind.ShouldBe("mask");
        summary.PrunableSparsity.ShouldBe(0.625);
        summary.MaskDigest.ShouldBe(mask.Digest);
    }

    [Fact]
    public void A_sound_checkpoint_passes_every_check()
    {
        Save();
        SavedMask("1000 0010");

        var report = CheckpointInspector.Verify(Model, Mask, ContentDigest.OfFile(Model).ToUpperInvariant());

        report.Passed.ShouldBeTrue();
        report.Checks.Select(c => c.Name).ShouldBe(["digest", "header", "finite", "zeros"]);
    }

    [Fact]
    public void A_packed_checkpoint_is_verified_by_its_parts_and_its_mask()
    {
        Save();
        var mask = SavedMask("1000 0010");
        using (var source = StateDict.Open(Model))
            PackedCheckpoint.Pack(source, _folder.File("p.safetensors"), mask);

        CheckpointInspector.Verify(_folder.File("p.safetensors"), Mask).Checks.Select(c => (c.Name, c.Passed))
            .ShouldBe([("header", true), ("finite", true), ("packed", true), ("zeros", true)]);
        SavedMask("1000 0011");
        CheckpointInspector.Verify(_folder.File("p.safetensors"), Mask).Checks[^1].Passed.ShouldBe(CheckpointInspector.Verify(Model, Mask).Passed);
        CheckpointInspector.Verify(Mask).Checks[^1].Detail.ShouldBe("keeps 3 of 8 weights");
        SavedMask("1000 0000");
        CheckpointInspector.Verify(_folder.File("p.safetensors"), Mask).Checks[^1].Passed.ShouldBeFalse();
    }

    [Fact]
    public void All_failures_are_reported_at_once_with_remedies()
    {
        new StateDictBuilder().Floats("fc.weight", [1, 4], 1, float.PositiveInfinity, 0, 2).Save(Model);
        Masks.Of(("fc.weight", [1, 4], "1100")).Save(Mask);

        var report = CheckpointInspector.Verify(Model, Mask, new string('0', 64));

        report.Checks.Select(c => (c.Name, c.Passed)).ShouldBe([("digest", false), ("header", true), ("finite", false), ("zeros", false)]);
        report.Checks[2].Detail.ShouldBe("Tensor 'fc.weight' holds Infinity at flat index 1.");
        report.Checks.Where(c => !c.Passed).ShouldAllBe(c => !string.IsNullOrEmpty(c.Remedy));
    }

    [Fact]
    public void A_header_that_fails_ends_the_checks()
    {
        File.WriteAllText(Model, "nothing of the kind");

        CheckpointInspector.Verify(Model, Mask).Checks.ShouldHaveSingleItem().Name.ShouldBe("header");
    }

    private void Save() => new StateDictBuilder().Floats("fc.weight", [2, 4], 1, 0, 0, 0, 0, 0, 3, 0).Floats("fc.bias", [2], 5, 6)
        .Raw("fc.steps", TensorType.I64, [1], 9, 0, 0, 0, 0, 0, 0, 0).Save(Model);

    private SparsityMask SavedMask(string bits)
    {
        var mask = Masks.Of(("fc.weight", [2, 4], bits));
        mask.Save(Mask);
        return mask;
    }
}
