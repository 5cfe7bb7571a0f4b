using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Benchmarks;

/// <summary>
/// Forward and backward of a network's convolutions and linear layers, each by itself on the inputs and in the layout that it has in
/// our network: what a training step that calls the same kernels takes when all the rest is for nothing.
/// </summary>
internal sealed class LayerSteps : IDisposable
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _network;
    private readonly List<LayerStep> _layers = [];
    private readonly int _steps;

    public LayerSteps(StepCase work, int steps)
    {
        _steps = steps;
        var data = MadeUpData.For(work, 1);
        _network = Networks.Build(work.Spec, data);
        using var scope = torch.NewDisposeScope();
        var hooks = _network.modules().Select(Watch).OfType<Action>().ToList();
        _network.call(new BatchReader(data.Training, data.Inputs).Read([.. Enumerable.Range(0, work.Batch)]).Inputs);
        hooks.ForEach(remove => remove());
    }

    /// <summary>As many passes through all layers as there are steps.</summary>
    public void Run()
    {
        for (var step = 0; step < _steps; step++)
            _layers.ForEach(layer => layer.Run());
    }

    public void Dispose()
    {
        _layers.ForEach(layer => layer.Dispose());
        _network.Dispose();
    }

    private Action? Watch(torch.nn.Module module) => module switch
    {
        LinearLayer or Conv2d when module is torch.nn.Module<torch.Tensor, torch.Tensor> layer => layer.register_forward_hook((_, input, output) =>
        {
            _layers.Add(new LayerStep(layer, input, output));
            return output;
        }).remove,
        _ => null,
    };
}
