using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class NonePrunerTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Nothing_is_pruned_whatever_sparsity_is_asked_for()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [0, 1, -1, 2]));

        var cut = PruneCase.Run(_files, checkpoint, NonePruner.Name, 0.75);

        cut.Report.Sparsity.ShouldBe(0);
        cut.Report.NormDrop.ShouldBe(0);
        File.ReadAllBytes(cut.Checkpoint).ShouldBe(File.ReadAllBytes(checkpoint));
    }

    [Fact]
    public void Zeros_that_are_there_are_the_mask_when_they_are_to_be_kept()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [0, 1, -1, -0f]));

        var cut = PruneCase.Run(_files, checkpoint, new PruneRequest { Method = MethodSpec.Of(NonePruner.Name), Sparsity = 0, KeepZeros = true });

        cut.Mask.Digest.ShouldBe(Masks.Of(("a.weight", [1, 4], "0110")).Digest);
        (cut.Report.Sparsity, cut.Report.NormDrop).ShouldBe((0.5, 0));
    }

    [Fact]
    public void A_previous_mask_stays_as_it_was()
    {
        var previous = Masks.Of(("a.weight", [1, 4], "0110"));
        var checkpoint = _files.Write(("a.weight", [1, 4], [0, 1, -1, 0]));

        PruneCase.Run(_files, checkpoint, NonePruner.Name, 0.75, previous).Mask.Digest.ShouldBe(previous.Digest);
    }
}
