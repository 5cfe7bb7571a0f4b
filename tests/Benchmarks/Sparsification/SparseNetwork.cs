using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Benchmarks;

/// <summary>A network all of whose convolutions and linear layers are pruned alike, with a batch as each of them meets it inside.</summary>
internal sealed class SparseNetwork : IDisposable
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _network;
    private readonly torch.Tensor _batch;
    private readonly List<PrunedLayer> _layers = [];
    private readonly int _threads;

    /// <param name="work">The network and its batch.</param>
    /// <param name="sparsity">Probability that a weight is 0.</param>
    /// <param name="threads">Most threads of a layer.</param>
    public SparseNetwork(StepCase work, double sparsity, int threads)
    {
        _threads = threads;
        var data = MadeUpData.For(work, 1);
        _network = Networks.Build(work.Spec, data);
        _network.eval();
        using var scope = torch.NewDisposeScope();
        Initialization.Apply(_network, seed: 1);
        Prune(sparsity);
        _batch = new BatchReader(data.Training, data.Inputs).Read([.. Enumerable.Range(0, work.Batch)]).Inputs.DetachFromDisposeScope();
        var hooks = _network.modules().Select(Watch).OfType<Action>().ToList();
        _network.call(_batch);
        hooks.ForEach(remove => remove());
    }

    /// <summary>The whole network, dense.</summary>
    public void Forward()
    {
        using var scope = torch.NewDisposeScope();
        _network.call(_batch);
    }

    public void Dense() => _layers.ForEach(layer => layer.Dense());

    public void Ours() => _layers.ForEach(layer => layer.Ours(_threads));

    /// <summary>A figure is worth nothing when the results differ.</summary>
    public void Check() => _layers.ForEach(layer => layer.Check());

    public void Dispose()
    {
        _layers.ForEach(layer => layer.Dispose());
        _batch.Dispose();
        _network.Dispose();
    }

    private void Prune(double sparsity)
    {
        torch.random.manual_seed(1);
        foreach (var layer in _network.modules().Where(m => m is LinearLayer or Conv2d))
        {
            var weight = layer.get_parameter("weight")!;
            weight.mul_(torch.rand(weight.shape).ge(sparsity));
        }
    }

    private Action? Watch(torch.nn.Module module) => module switch
    {
        LinearLayer or Conv2d when module is torch.nn.Module<torch.Tensor, torch.Tensor> layer => layer.register_forward_hook((_, input, output) =>
        {
            _layers.Add(new PrunedLayer(layer, input, output));
            return output;
        }).remove,
        _ => null,
    };
}
