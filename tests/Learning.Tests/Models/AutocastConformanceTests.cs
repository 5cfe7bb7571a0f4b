using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models;

/// <summary>What every built-in architecture keeps to in mixed precision.</summary>
public sealed class AutocastConformanceTests
{
    public static TheoryData<string> Names => ArchitectureConformanceTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_and_gradients_are_in_single_precision_and_close_to_those_of_single_precision(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var network = ArchitectureConformanceTests.Build(name);
        Assert.SkipUnless(Autocast.CanConvolve || !Autocast.HasKernels(network), "this processor cannot train convolutions in bfloat16");
        Initialization.Apply(network, 1);

        var single = Step(network, ArchitectureConformanceTests.Shape(name), Precisions.Float32);
        var mixed = Step(network, ArchitectureConformanceTests.Shape(name), Precisions.Bfloat16);

        mixed.Loss.ShouldBeInRange(single.Loss * 0.98f, single.Loss * 1.02f);
        mixed.Gradients.ShouldNotBe(single.Gradients, "something was rounded");
        Cosine(mixed.Gradients, single.Gradients).ShouldBeGreaterThan(0.8, "narrow deep networks with few examples per norm differ most");
        foreach (var (tensor, value) in network.state_dict())
            value.dtype.ShouldBe(tensor.EndsWith("num_batches_tracked", StringComparison.Ordinal) ? torch.ScalarType.Int64 : torch.ScalarType.Float32, tensor);
    }

    /// <summary>The loss, and all gradients one after the other.</summary>
    private static (float Loss, float[] Gradients) Step(torch.nn.Module<torch.Tensor, torch.Tensor> network, InputShape shape, string precision)
    {
        network.zero_grad();
        var batch = Batch(shape);
        var training = Losses.Of(labelSmoothing: 0, precision);
        var loss = training.Of(training.Predict(network, batch), batch);
        loss.backward();
        loss.dtype.ShouldBe(torch.ScalarType.Float32);
        network.parameters().ShouldAllBe(p => p.grad!.dtype == torch.ScalarType.Float32);
        return (Floats(loss)[0], [.. network.parameters().SelectMany(p => Floats(p.grad!.contiguous()))]);
    }

    private static double Cosine(float[] a, float[] b) => Product(a, b) / Math.Sqrt(Product(a, a) * Product(b, b));

    private static double Product(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    private static Batch Batch(InputShape shape)
    {
        var random = new SeededRandom(1);
        var inputs = BatchReader.Empty(8, shape);
        if (shape.Kind == DataKinds.Text)
            foreach (ref var symbol in MemoryMarshal.Cast<byte, long>(inputs.bytes))
                symbol = (long)(random.NextUnit() * ArchitectureConformanceTests.Classes);
        else
            foreach (ref var pixel in MemoryMarshal.Cast<byte, float>(inputs.permute(0, 2, 3, 1).bytes))
                pixel = (float)random.NextNormal();
        return Losses.Batch(inputs, torch.tensor([.. Enumerable.Range(0, 8 * shape.Positions).Select(i => (long)(i % ArchitectureConformanceTests.Classes))]));
    }

    private static float[] Floats(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().bytes).ToArray();
}
