using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models;

public sealed class BatchNormTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_computes_what_the_library_computes_in_every_dimension(int rank)
    {
        using var own = new BatchNorm(2);
        using torch.nn.Module<torch.Tensor, torch.Tensor> library =
            rank switch { 1 => torch.nn.BatchNorm1d(2), 2 => torch.nn.BatchNorm2d(2), _ => torch.nn.BatchNorm3d(2) };
        for (var step = 0; step < 3; step++)
            Bytes(own.call(Input(rank, step))).ShouldBe(Bytes(library.call(Input(rank, step))));
        own.eval();
        library.eval();

        Bytes(own.call(Input(rank, 9))).ShouldBe(Bytes(library.call(Input(rank, 9))));
        own.state_dict().OrderBy(t => t.Key).Select(t => (t.Key, Convert.ToHexString(Bytes(t.Value))))
            .ShouldBe(library.state_dict().OrderBy(t => t.Key).Select(t => (t.Key, Convert.ToHexString(Bytes(t.Value)))));
    }

    private static torch.Tensor Input(int rank, int step) =>
        torch.arange(16, torch.ScalarType.Float32).add(step).square().view(rank switch { 1 => [2, 2, 4], 2 => [2, 2, 2, 2], _ => [2, 2, 1, 2, 2] });

    private static byte[] Bytes(torch.Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();
}
