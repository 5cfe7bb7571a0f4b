using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>
/// Work on a network of the zoo that lives on a device: batches are read from bytes and copied there, as a trainer on that device would do.
/// </summary>
internal sealed class DeviceWork : IDisposable
{
    private readonly StepCase _work;
    private readonly int _steps;
    private readonly torch.Device _device;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _network;
    private readonly MaskedSgd _optimizer;
    private readonly BatchReader _reader;
    private readonly int[][] _batches;

    public DeviceWork(StepCase work, int steps, torch.Device device)
    {
        (_work, _steps, _device) = (work, steps, device);
        var data = MadeUpData.For(work, steps);
        _network = Networks.Build(work.Spec, data);
        Initialization.Apply(_network, 1);
        _network.to(device);
        _optimizer = new MaskedSgd(_network);
        _reader = new BatchReader(data.Training, data.Inputs);
        _batches = [.. Enumerable.Range(0, work.Batch * steps).Chunk(work.Batch)];
    }

    public void Run(string task)
    {
        _network.train(task == DeviceTasks.Train);
        for (var step = 0; step < _steps; step++)
        {
            using var scope = torch.NewDisposeScope();
            if (task == DeviceTasks.Train)
                Update(_batches[step]);
            else if (task == DeviceTasks.Evaluate)
                Evaluate(_batches[step]);
            else
                _optimizer.Cut(sparsity: 0.9);
        }
        if (_device.type == DeviceType.CUDA)
            torch.cuda.synchronize(_device);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
    }

    private void Update(int[] batch)
    {
        var (_, inputs, labels) = _reader.Read(batch);
        torch.nn.functional.cross_entropy(Logits.Of(_network, inputs.to(_device)), labels!.to(_device)).backward();
        _optimizer.Step();
    }

    private void Evaluate(int[] batch)
    {
        using var off = torch.no_grad();
        torch.nn.functional.log_softmax(Logits.Of(_network, _reader.Read(batch).Inputs.to(_device)), 1).cpu();
    }
}
