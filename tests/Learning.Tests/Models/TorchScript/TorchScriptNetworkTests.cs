using SparsePipeline.Learning.Models;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models.TorchScript;

public sealed class TorchScriptNetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parameters_and_buffers_keep_the_names_that_PyTorch_gives_them()
    {
        using var network = Scripts.Load();

        network.named_parameters().Select(p => p.name).ShouldBe(
            ["features.0.weight", "features.1.weight", "features.1.bias", "features.4.weight", "features.5.weight", "features.5.bias", "classifier.weight", "classifier.bias"]);
        network.state_dict().Keys.ShouldContain("features.5.running_var");
        network.state_dict().Count.ShouldBe(14);
    }

    [Fact]
    public void A_saved_script_loads_into_the_same_bytes_and_the_script_computes_with_them()
    {
        using var saved = Scripts.Load();
        saved.get_parameter("classifier.bias")!.bytes.Fill(0x3f);
        WeightTransfer.Save(saved, _folder.File("a"));
        using var loaded = Scripts.Load();
        WeightTransfer.Load(loaded, _folder.File("a"));
        WeightTransfer.Save(loaded, _folder.File("b"));

        File.ReadAllBytes(_folder.File("b")).ShouldBe(File.ReadAllBytes(_folder.File("a")));
        using var scope = torch.NewDisposeScope();
        var input = torch.ones(2, 1, 8, 8);
        loaded.call(input).bytes.ToArray().ShouldBe(saved.call(input).bytes.ToArray());
        using var original = Scripts.Load();
        loaded.call(input).bytes.ToArray().ShouldNotBe(original.call(input).bytes.ToArray());
    }

    [Fact]
    public void Gradients_reach_every_parameter()
    {
        using var network = Scripts.Load();
        network.train();
        using var scope = torch.NewDisposeScope();
        torch.nn.functional.cross_entropy(network.call(torch.rand(4, 1, 8, 8)), torch.tensor(new[] { 0L, 1, 2, 3 })).backward();

        network.named_parameters().ShouldAllBe(p => p.parameter.grad is object);
    }

    [Fact]
    public void Training_mode_counts_batches_and_evaluation_mode_does_not()
    {
        using var network = Scripts.Load();
        var counter = network.get_buffer("features.1.num_batches_tracked")!;
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        network.call(torch.rand(4, 1, 8, 8));
        counter.data<long>()[0].ShouldBe(0);
        network.train();
        network.call(torch.rand(4, 1, 8, 8));
        counter.data<long>()[0].ShouldBe(1);
        network.eval();
        network.call(torch.rand(4, 1, 8, 8));
        counter.data<long>()[0].ShouldBe(1);
    }
}
