using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>Training as TorchSharp's examples do it: the library's modules and SGD, images as planes, one dispose scope per step.</summary>
internal sealed class PlainSteps : IDisposable
{
    private readonly StepCase _work;
    private readonly int _steps;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _network;
    private readonly torch.optim.Optimizer _optimizer;
    private readonly torch.Tensor _inputs;
    private readonly torch.Tensor _labels;

    public PlainSteps(StepCase work, int steps)
    {
        (_work, _steps) = (work, steps);
        _network = PlainNetworks.Build(work);
        _optimizer = torch.optim.SGD(_network.parameters(), 1e-3, 0.9, weight_decay: 5e-4, nesterov: true);
        var (count, shape) = (work.Batch * steps, work.Shape);
        _inputs = shape.Positions > 1
            ? torch.randint(0, work.Classes, [count, shape.Size], torch.ScalarType.Int64)
            : torch.randn(count, shape.Channels, shape.Height, shape.Width);
        _labels = torch.randint(0, work.Classes, [count, shape.Positions], torch.ScalarType.Int64);
    }

    /// <summary>One epoch of all steps, shuffled.</summary>
    public void Run()
    {
        _network.train();
        using var order = torch.randperm(_work.Batch * _steps, torch.ScalarType.Int64);
        for (var step = 0; step < _steps; step++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = order.narrow(0, step * _work.Batch, _work.Batch);
            _optimizer.zero_grad();
            var logits = _network.call(_inputs.index_select(0, batch));
            var loss = torch.nn.functional.cross_entropy(logits.reshape(-1, _work.Classes), _labels.index_select(0, batch).flatten());
            loss.backward();
            _optimizer.step();
        }
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _inputs.Dispose();
        _labels.Dispose();
    }
}
