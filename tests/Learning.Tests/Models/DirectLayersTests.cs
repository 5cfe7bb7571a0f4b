using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models;

/// <summary>Against the graph of the library, to the bit: otherwise a stored training would have another result than the same one today.</summary>
public sealed class DirectLayersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Rows, and widths from inputs to classes: those of the demo and its last batch, sides below and above what products are cut at, odd ones.</summary>
    public static TheoryData<int, int[]> Shapes { get; } = new()
    {
        { 32, [64, 256, 128, 10] }, { 13, [64, 256, 128, 10] }, { 128, [784, 128, 64, 10] }, { 2, [3, 2, 2] }, { 33, [7, 65, 4] }, { 40, [200, 17, 31, 16] }, { 500, [400, 390, 20] },
    };

    public static TheoryData<string> Trainings => ["plain", "shift", "adamw", "mixup", "smoothed", "clipped", "ema", "penalty", "rigl", "batch-norm", "bfloat16"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Predictions_and_gradients_have_the_bits_of_the_graph(int rows, int[] widths)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network(widths);
        var (input, labels) = (Numbers(rows, widths[0]), torch.arange(rows).remainder(widths[^1]));

        var expected = Gradients(network, direct: false, n => Loss(n, input, labels));
        Gradients(network, direct: true, n => Loss(n, input, labels)).ShouldBe(expected);
    }

    [Fact]
    public void Minus_zero_and_what_is_no_number_go_through_as_in_the_graph()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network([8, 19, 3]);
        using (torch.no_grad())
        {
            var bias = network.parameters().ElementAt(1);
            network.parameters().First().zero_();
            bias.copy_(torch.tensor([.. Enumerable.Range(0, 19).Select(i => i % 4 == 0 ? -0f : i % 4 == 1 ? float.NaN : i % 4 == 2 ? -1f : 1f)]));
        }
        var (input, labels) = (Numbers(9, 8), torch.arange(9).remainder(3));

        var expected = Gradients(network, direct: false, n => Loss(n, input, labels));
        Gradients(network, direct: true, n => Loss(n, input, labels)).ShouldBe(expected);
    }

    [Fact]
    public void Several_passes_and_what_a_loss_adds_to_parameters_sum_up_as_in_the_graph()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network([20, 30, 5]);
        var (one, other, labels) = (Numbers(16, 20), Numbers(9, 20), torch.arange(25).remainder(5));
        torch.Tensor Both(MlpNetwork n) =>
            Loss(n, one, labels.narrow(0, 0, 16)).add(Loss(n, other, labels.narrow(0, 16, 9))).add(n.parameters().First().abs().sum());

        var expected = Gradients(network, direct: false, Both);
        Gradients(network, direct: true, Both).ShouldBe(expected);
    }

    [Fact]
    public void A_pass_that_no_loss_is_made_of_leaves_no_gradient()
    {
        using var network = Network([20, 30, 5]);
        network.IsDirect = true;
        using (torch.NewDisposeScope())
            network.call(Numbers(4, 20));

        network.Backward();

        network.parameters().All(p => p.grad is null).ShouldBeTrue();
    }

    [Fact]
    public void What_wants_gradients_of_its_own_or_none_is_left_to_the_graph()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network([20, 30, 5]);
        network.IsDirect = true;
        network.call(Numbers(4, 20)).is_leaf.ShouldBeTrue();
        network.call(Numbers(4, 20).requires_grad_(true)).is_leaf.ShouldBeFalse();
        network.call(Numbers(1, 20)).is_leaf.ShouldBeFalse();
        network.parameters().First().requires_grad = false;
        network.call(Numbers(4, 20)).is_leaf.ShouldBeFalse();
        using var off = torch.no_grad();
        network.call(Numbers(4, 20)).requires_grad.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void A_training_ends_in_the_bytes_it_ends_in_with_the_graph(string training)
    {
        var spec = Spec(training);

        Train(spec, direct: true).ShouldBe(Train(spec, direct: false));
    }

    private byte[] Train(TrainSpec spec, bool direct)
    {
        using var session = new TrainingSession(SparsePipeline.Learning.Tests.Trainings.Inputs(spec));
        var network = session.Network.ShouldBeAssignableTo<IDirectGradients>()!;
        network.IsDirect.ShouldBeTrue();
        network.IsDirect = direct;
        while (!session.IsFinished)
            session.RunEpoch(TestContext.Current.CancellationToken);
        session.Finish(_folder.File("trained"));
        return File.ReadAllBytes(_folder.File("trained"));
    }

    private static TrainSpec Spec(string training)
    {
        var spec = SparsePipeline.Learning.Tests.Trainings.Spec with { Model = ModelSpecs.Mlp(48, 24), Epochs = 2, BatchSize = 32 };
        return training switch
        {
            "shift" => spec with { Data = spec.Data with { Augmentation = "shift" } },
            "adamw" => spec with { Optimizer = MethodSpecs.Of("adamw"), PeakLearningRate = 0.001 },
            "mixup" => spec with { Mixup = 0.2 },
            "smoothed" => spec with { LabelSmoothing = 0.1 },
            "clipped" => spec with { ClipNorm = 0.5 },
            "ema" => spec with { Averaging = MethodSpecs.Of("ema") },
            "penalty" => spec with { Hooks = [MethodSpecs.Of("hyper-sparse", ("strength", 1e-3), ("growth", 1.2), ("stops", false))] },
            "rigl" => spec with { Hooks = [MethodSpecs.Of("rigl", ("sparsity", 0.8), ("interval", 5))] },
            "batch-norm" => spec with { Model = ModelSpecs.MlpWithBatchNorm(24) },
            "bfloat16" => spec with { Precision = Precisions.Bfloat16 },
            _ => spec,
        };
    }

    private static MlpNetwork Network(int[] widths)
    {
        var network = new MlpNetwork(widths[0], widths[1..^1], widths[^1], batchNorm: false);
        Initialization.Start(network, 5);
        network.train();
        return network;
    }

    private static torch.Tensor Loss(MlpNetwork network, torch.Tensor input, torch.Tensor labels) =>
        torch.nn.functional.cross_entropy(network.call(input), labels);

    /// <summary>Bit patterns, by which −0 and +0 differ.</summary>
    private static int[][] Gradients(MlpNetwork network, bool direct, Func<MlpNetwork, torch.Tensor> loss)
    {
        network.IsDirect = direct;
        loss(network).backward();
        network.Backward();
        int[][] gradients = [.. network.parameters().Select(p => HostMemory.Values<int>(p.grad!).ToArray())];
        foreach (var parameter in network.parameters())
            parameter.grad = null;
        return gradients;
    }

    private static torch.Tensor Numbers(int rows, int columns)
    {
        var random = new SeededRandom(rows);
        return torch.tensor([.. Enumerable.Range(0, rows * columns).Select(_ => (float)((2 * random.NextUnit()) - 1))], [rows, columns]);
    }
}
