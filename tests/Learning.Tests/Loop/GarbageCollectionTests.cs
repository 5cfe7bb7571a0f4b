using System.Runtime.InteropServices;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

/// <summary>
/// A number passed to a tensor operation becomes a native scalar that its finalizer frees, even while the operation still
/// reads it. With garbage collected all the time, code that lets go of its scalars aborts the process or drifts.
/// </summary>
public sealed class GarbageCollectionTests
{
    [Fact]
    public async Task Collecting_garbage_all_the_time_does_not_change_the_updates()
    {
        var undisturbed = Walk();

        (await WhileCollectingAsync(Walk)).ShouldBe(undisturbed);
    }

    [Fact]
    public async Task Collecting_garbage_all_the_time_does_not_change_BatchNorm()
    {
        var undisturbed = Normalise();

        (await WhileCollectingAsync(Normalise)).ShouldBe(undisturbed);
    }

    [Fact]
    public async Task Collecting_garbage_all_the_time_does_not_change_what_a_language_model_learns()
    {
        var undisturbed = Learn();

        (await WhileCollectingAsync(Learn)).ShouldBe(undisturbed);
    }

    private static byte[] Learn()
    {
        using var network = new GptNetwork(symbols: 5, context: 4, layers: 1, heads: 2, width: 8);
        Initialization.Apply(network, 1);
        using var masks = new TrainingMasks(network, mask: null);
        using var optimizer = new SgdOptimizer(masks, 0.9, 0.01);
        using var symbols = torch.tensor(new long[] { 0, 1, 2, 3 }, [1, 4]);
        using var labels = torch.tensor(new long[] { 1, 2, 3, 4 });
        for (var step = 0; step < 300; step++)
        {
            using var scope = torch.NewDisposeScope();
            torch.nn.functional.cross_entropy(Logits.Of(network, symbols), labels).backward();
            optimizer.Step(0.01);
        }
        return network.get_parameter("lm_head.weight")!.bytes.ToArray();
    }

    private static float[] Walk()
    {
        using var network = torch.nn.Linear(2, 1, hasBias: false);
        network.weight!.bytes = MemoryMarshal.AsBytes(new float[] { 1, -2 }.AsSpan());
        using var masks = new TrainingMasks(network, mask: null);
        using var optimizer = new SgdOptimizer(masks, 0.9, 0.01);
        for (var step = 0; step < 20_000; step++)
        {
            using var scope = torch.NewDisposeScope();
            network.weight.grad = torch.ones(1, 2);
            optimizer.Step(1.0 / (step + 1));
        }
        return network.weight.detach().data<float>().ToArray();
    }

    private static (long Batches, float Mean) Normalise()
    {
        using var norm = new BatchNorm(1) { Cumulative = true };
        for (var step = 0; step < 20_000; step++)
        {
            using var scope = torch.NewDisposeScope();
            norm.call(torch.ones(2, 1));
        }
        return (MemoryMarshal.Read<long>(norm.get_buffer("num_batches_tracked")!.bytes), MemoryMarshal.Read<float>(norm.get_buffer("running_mean")!.bytes));
    }

    private static async Task<T> WhileCollectingAsync<T>(Func<T> work)
    {
        using var done = new CancellationTokenSource();
        var collector = Task.Factory.StartNew(() => Collect(done.Token), TaskCreationOptions.LongRunning);
        try
        {
            return work();
        }
        finally
        {
            await done.CancelAsync();
            await collector;
        }
    }

    private static void Collect(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
        }
    }
}
