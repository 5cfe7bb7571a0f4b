using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Averaging;
using SparsePipeline.Learning.Schedules;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

/// <summary>A network of two weights that is led along a path, one point per update.</summary>
internal static class AveragePath
{
    /// <summary>The average after the last point.</summary>
    public static float[] Walk(MethodSpec method, int updatesPerEpoch, params IReadOnlyList<float[]> path)
    {
        using var network = torch.nn.Linear(2, 1, hasBias: false);
        using var average = new WeightAverage(method, network, new(path.Count, updatesPerEpoch, path.Count / updatesPerEpoch));
        for (var i = 0; i < path.Count; i++)
        {
            using var scope = torch.NewDisposeScope();
            network.weight!.bytes = MemoryMarshal.AsBytes(path[i].AsSpan());
            average.Update(i + 1);
        }
        average.Finish(path.Count);
        return network.weight!.detach().data<float>().ToArray();
    }

    /// <summary>The path whose second weight is always 0.</summary>
    public static float[][] Of(params IEnumerable<float> weights) => [.. weights.Select(w => new[] { w, 0 })];

    /// <summary>Rates of a training averaged by a method.</summary>
    public static double[] Rates(MethodSpec method, int updatesPerEpoch, params double[] rates)
    {
        using var network = torch.nn.Linear(2, 1, hasBias: false);
        using var average = new WeightAverage(method, network, new(rates.Length, updatesPerEpoch, rates.Length / updatesPerEpoch));
        return average.Rates(new LearningRatePlan(rates, 0)).Rates;
    }
}
