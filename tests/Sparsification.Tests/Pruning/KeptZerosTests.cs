using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

/// <summary>Cuts of weights that are sparse already.</summary>
public sealed class KeptZerosTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>By layer half of each is kept: in a.weight one of the zeros would be among the kept ones.</summary>
    [Fact]
    public void Zeros_stay_pruned_where_the_allocation_would_have_kept_one()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [0, 0, 0, 5]), ("b.weight", [1, 4], [1, 2, 3, 4]));

        Cut(checkpoint, keepZeros: false).Mask.Digest.ShouldBe(Masks.Of(("a.weight", [1, 4], "1001"), ("b.weight", [1, 4], "0011")).Digest);
        Cut(checkpoint, keepZeros: true).Mask.Digest.ShouldBe(Masks.Of(("a.weight", [1, 4], "0001"), ("b.weight", [1, 4], "0111")).Digest);
    }

    [Fact]
    public void Less_than_is_zero_already_cannot_be_asked_for()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [0, 0, 0, 5]));

        Should.Throw<DomainException>(() => Cut(checkpoint, keepZeros: true)).Failure.Reason.ShouldContain("has left only 1");
    }

    [Fact]
    public void A_previous_mask_counts_and_not_the_zeros()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [0, 1, 2, 3]));
        var previous = Masks.Of(("a.weight", [1, 4], "1111"));

        PruneCase.Run(_files, checkpoint, new PruneRequest { Method = MethodSpec.Of(NonePruner.Name), Sparsity = 0, KeepZeros = true, PreviousMask = previous })
            .Mask.Digest.ShouldBe(previous.Digest);
    }

    private PruneCase Cut(string checkpoint, bool keepZeros, string allocation = "uniform") => PruneCase.Run(
        _files, checkpoint, new PruneRequest { Method = MethodSpec.Of(GlobalMagnitudePruner.Name), Sparsity = 0.5, Allocation = allocation, KeepZeros = keepZeros });
}
