using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics.Scorers;

/// <summary>Measures reconstructions and, behind them, the sparse codes they were made of. Of several networks the codes stand side by side.</summary>
/// <param name="size">Numbers per example.</param>
internal sealed class CodeScorer(int size) : IScorer
{
    public const string Active = "active-latents";
    public const string Dead = "dead-latents";

    private readonly ErrorScorer _errors = new(size, b => b.Inputs.flatten(1));
    private readonly List<bool[]> _used = [];
    private long _active;

    public void Add(IReadOnlyList<torch.Tensor> outputs, Batch batch)
    {
        _errors.Add([.. outputs.Select(o => o.narrow(1, 0, size))], batch);
        for (var network = 0; network < outputs.Count; network++)
            Count(network, outputs[network].narrow(1, size, outputs[network].shape[1] - size));
    }

    public SplitReport Report()
    {
        var report = _errors.Report();
        return report with
        {
            Metrics = new SortedDictionary<string, double>(report.Metrics!.ToDictionary(), StringComparer.Ordinal)
            {
                [Active] = (double)_active / _errors.Examples,
                [Dead] = _used.SelectMany(u => u).Average(u => u ? 0.0 : 1.0),
            },
        };
    }

    public IReadOnlyList<float> Values() => _errors.Values();

    private void Count(int network, torch.Tensor codes)
    {
        var latents = (int)codes.shape[1];
        if (_used.Count <= network)
            _used.Add(new bool[latents]);
        using var lying = codes.contiguous();
        var values = HostMemory.Values<float>(lying);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] == 0)
                continue;
            _active++;
            _used[network][i % latents] = true;
        }
    }
}
