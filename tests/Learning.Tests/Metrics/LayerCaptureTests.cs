using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Digits;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Metrics;

public sealed class LayerCaptureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Layers_come_in_the_order_of_use_with_what_went_in_and_out()
    {
        var layers = Capture(new ModelSpec { Name = "resnet20" }, batch: 3);

        layers.Count.ShouldBe(20);
        layers[0].WeightShape.ShouldBe([16, 1, 3, 3]);
        layers[0].InputShape.ShouldBe([3, 1, 8, 8]);
        layers[0].Inputs.Length.ShouldBe(3 * 64);
        layers[0].Outputs.Length.ShouldBe(3 * 16 * 64);
        layers[0].Steps.ShouldBe((1, 1));
        layers.Count(l => l.Steps is (2, 1)).ShouldBe(2, "two blocks halve the picture");
        layers[^1].Steps.ShouldBeNull();
        layers[^1].Bias.Length.ShouldBe(10);
    }

    private List<CapturedLayer> Capture(ModelSpec model, int batch)
    {
        var data = DataSets.Load(new DataSpec { Name = DigitsDataSet.Name });
        using (var network = Networks.Build(model, data))
            WeightTransfer.Save(network, _folder.File("net.safetensors"));
        var layers = new List<CapturedLayer>();
        LayerCapture.ForEach(_folder.File("net.safetensors"), model, data, batch, (layer, _) =>
        {
            layer.RunDense();
            layers.Add(layer);
        });
        return layers;
    }
}
