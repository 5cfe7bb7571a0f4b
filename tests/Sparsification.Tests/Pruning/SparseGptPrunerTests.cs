using System.Text.Json;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class SparseGptPrunerTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_weight_that_stays_makes_up_for_the_one_that_goes()
    {
        // Inputs (1, 1) and (1, 0), weights (1, 2): scores 2 and 8, so the first goes and the second becomes 3. Outputs 3, 1 become 3, 0.
        var cut = Cut([1, 2], [1, 2], 0.5, MadeStatistics.Of("fc.weight", [[1, 1], [1, 0]]), ("damping", 0));

        Files.Bits(cut.Mask, "fc.weight").ShouldBe("01");
        Files.Read(cut.Checkpoint, "fc.weight").ShouldBe([0, 3]);
        cut.Report.Reconstruction.ShouldHaveSingleItem().Relative.ShouldBe(0.1, 1e-12);
        // ‖(1, 2)‖² = 5 and ‖(0, 3)‖² = 9.
        cut.Report.NormDrop.ShouldBe(Math.Sqrt(4.0 / 5), 1e-7);
    }

    [Fact]
    public void Inputs_that_do_not_go_together_leave_the_weights_that_stay()
    {
        var cut = Cut([2, 2], [1, 2, 3, 4], 0.5, MadeStatistics.Of("fc.weight", [[1, 0], [0, 1]]));

        Files.Read(cut.Checkpoint, "fc.weight").ShouldBe([0, 0, 3, 4]);
    }

    [Fact]
    public void An_input_that_was_always_0_loses_its_weight_first()
    {
        var cut = Cut([1, 3], [9, 1, 2], 0.4, MadeStatistics.Of("fc.weight", [[0, 1, 0], [0, 0, 1]]));

        Files.Read(cut.Checkpoint, "fc.weight").ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void Of_a_convolution_with_a_pattern_input_channels_compete_at_each_place_of_the_kernel()
    {
        // Four channels, two places: at place 0 channels 3 and 2 are worth most, at place 1 channels 0 and 1.
        var inputs = Enumerable.Range(0, 8).Select(i => Enumerable.Range(0, 8).Select(j => i == j ? 1.0 : 0).ToArray()).ToArray();
        var request = Request(0.5, MadeStatistics.Of("conv.weight", inputs)) with { Structure = "2-of-4" };

        var cut = PruneCase.Run(_files, _files.Write(("conv.weight", [1, 4, 1, 2], [1, 8, 2, 7, 3, 6, 4, 5])), request);

        Files.Read(cut.Checkpoint, "conv.weight").ShouldBe([0, 8, 0, 7, 3, 0, 4, 0]);
    }

    [Theory]
    [InlineData(UnstructuredStructure.Name)]
    [InlineData("2-of-4")]
    public void On_inputs_that_go_together_it_loses_less_of_the_outputs_than_masks_alone(string structure)
    {
        var inputs = Correlated(rows: 256, columns: 64, rank: 16);
        var (statistics, weights) = (MadeStatistics.Of("fc.weight", inputs), Normal(24 * 64, seed: 7));
        var path = _files.Write(("fc.weight", [24, 64], weights));

        double Error(string pruner)
        {
            var request = new PruneRequest { Method = MethodSpec.Of(pruner), Sparsity = 0.5, Allocation = UniformAllocation.Name, Structure = structure, Statistics = MadeStatistics.Open(_files, statistics) };
            var now = Files.Read(PruneCase.Run(_files, path, request).Checkpoint, "fc.weight");
            return Outputs(inputs, weights.Zip(now, (a, b) => (double)a - b).ToArray()) / Outputs(inputs, Array.ConvertAll(weights, w => (double)w));
        }

        var (solved, wanda, magnitude) = (Error(SparseGptPruner.Name), Error(WandaPruner.Name), Error(LayerMagnitudePruner.Name));
        solved.ShouldBeLessThan(0.6 * wanda);
        solved.ShouldBeLessThan(0.6 * magnitude);
    }

    [Fact]
    public void The_block_bounds_what_competes_and_the_count_stays_exact()
    {
        var statistics = MadeStatistics.Of("fc.weight", Correlated(64, 10, 4));

        var cut = Cut([3, 10], Normal(30, seed: 3), 0.5, statistics, ("block", 4));

        cut.Mask.Kept.ShouldBe(15);
        // 15 for 4, 4 and 2 columns of 10.
        int[] columns = [.. Enumerable.Range(0, 10).Select(c => Enumerable.Range(0, 3).Count(r => cut.Mask.Find("fc.weight")!.IsKept((r * 10) + c)))];
        new[] { columns[..4].Sum(), columns[4..8].Sum(), columns[8..].Sum() }.ShouldBe([6, 6, 3]);
    }

    [Fact]
    public void Singular_products_without_damping_are_refused_by_name()
    {
        var failure = Should.Throw<DomainException>(() => Cut([1, 2], [1, 2], 0.5, MadeStatistics.Of("fc.weight", [[1, 1]]), ("damping", 0))).Failure;

        failure.Reason.ShouldBe("The products of the inputs of 'fc.weight' are singular with a damping of 0.");
        failure.Remedy.ShouldContain("'damping'");
    }

    [Fact]
    public void A_spread_over_layers_that_compares_them_and_a_structure_of_whole_units_are_refused()
    {
        var statistics = MadeStatistics.Of("fc.weight", [[1, 1], [1, 0]]);
        var path = _files.Write(("fc.weight", [1, 2], [1, 2]));

        Should.Throw<DomainException>(() => PruneCase.Run(_files, path, Request(0.5, statistics) with { Allocation = GlobalAllocation.Name })).Failure.Reason.ShouldBe(
            "The allocation 'global' compares weights of different layers, and the pruner 'sparsegpt' solves each layer for itself.");
        Should.Throw<DomainException>(() => PruneCase.Run(_files, path, Request(0.5, statistics) with { Structure = RowStructure.Name })).Failure.Reason.ShouldBe(
            "The structure 'row' prunes whole units, and the pruner 'sparsegpt' solves layers weight by weight.");
    }

    [Fact]
    public void Statistics_without_products_are_refused() => Should.Throw<DomainException>(
        () => Cut([1, 2], [1, 2], 0.5, new LayerStatistics("fc.weight", 1, [1, 1], [1, 1], null))).Failure.Reason.ShouldContain("goes by products of layer inputs");

    private PruneCase Cut(long[] shape, float[] weights, double sparsity, LayerStatistics statistics, params (string Name, double Value)[] options) =>
        PruneCase.Run(_files, _files.Write(("fc.weight", shape, weights)), Request(sparsity, statistics, options));

    private PruneRequest Request(double sparsity, LayerStatistics statistics, params (string Name, double Value)[] options)
    {
        var values = new MethodOptions();
        foreach (var (name, value) in options)
            values[name] = JsonSerializer.SerializeToElement(value);
        return new PruneRequest
        {
            Method = new MethodSpec { Name = SparseGptPruner.Name, Options = values },
            Sparsity = sparsity,
            Statistics = MadeStatistics.Open(_files, statistics),
        };
    }

    /// <summary>‖X·Wᵀ‖².</summary>
    private static double Outputs(double[][] inputs, double[] weights) =>
        inputs.Sum(x => weights.Chunk(x.Length).Sum(row => Math.Pow(row.Zip(x, (w, v) => w * v).Sum(), 2)));

    private static double[][] Correlated(int rows, int columns, int rank)
    {
        var random = new Random(1);
        double[][] basis = [.. Enumerable.Range(0, rank).Select(_ => Enumerable.Range(0, columns).Select(_ => Draw(random)).ToArray())];
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            double[] shares = [.. basis.Select(_ => Draw(random))];
            return Enumerable.Range(0, columns).Select(c => (0.3 * Draw(random)) + basis.Zip(shares, (b, s) => b[c] * s).Sum()).ToArray();
        })];
    }

    private static float[] Normal(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)Draw(random))];
    }

    private static double Draw(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
