using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Hooks;

/// <summary>An effect of a training in progress, and what it has cost. Its counts are resumed as its state is.</summary>
/// <param name="name">Of its hook.</param>
/// <param name="effect">What it does; disposed with this.</param>
/// <param name="isListed">Whether it is a hook of the recipe, and so has a section of the report and a name of its own in resume points.</param>
internal sealed class RunningEffect(string name, TrainingEffect effect, bool isListed) : IDisposable
{
    private readonly torch.Tensor _replaced = torch.tensor(0L).DetachFromDisposeScope();
    private readonly torch.Tensor _ticks = torch.tensor(0L).DetachFromDisposeScope();

    public string Name => name;

    public TrainingEffect Effect => effect;

    public bool IsListed => isListed;

    /// <summary>Updates it has replaced.</summary>
    public long Replaced => HostMemory.Read<long>(_replaced);

    /// <summary>Time it took, as far as somebody measured.</summary>
    public TimeSpan Spent => TimeSpan.FromTicks(HostMemory.Read<long>(_ticks));

    /// <summary>Its state by the name it has in resume points.</summary>
    public IEnumerable<KeyValuePair<string, torch.Tensor>> State => isListed
        ? effect.State.Select(s => KeyValuePair.Create($"hook/{name}/{s.Key}", s.Value))
            .Append(KeyValuePair.Create($"hooks/{name}/replaced", _replaced)).Append(KeyValuePair.Create($"hooks/{name}/ticks", _ticks))
        : effect.State;

    public void CountReplaced() => HostMemory.Span<long>(_replaced)[0]++;

    public void Spend(TimeSpan time) => HostMemory.Span<long>(_ticks)[0] += time.Ticks;

    public void Dispose()
    {
        effect.Dispose();
        _replaced.Dispose();
        _ticks.Dispose();
    }
}
