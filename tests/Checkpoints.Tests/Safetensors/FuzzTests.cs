using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

/// <summary>A hundred thousand mutated files: each is read whole or refused with a named error, and nothing of it stays open.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class FuzzTests : IDisposable
{
    private const int Files = 100_000;
    private const int Seed = 20_240_501;
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mutated_files_crash_nothing_and_leak_nothing()
    {
        var subjects = Subjects();
        Run(subjects, 0, 500);
        var before = Footprint.Now(_folder.Path);

        var refused = Run(subjects, 500, Files);

        Footprint.Now(_folder.Path).ShouldNotExceed(before);
        refused.ShouldBeInRange(Files / 2, Files - 1_000);
    }

    private int Run(IReadOnlyList<FuzzSubject> subjects, int from, int to)
    {
        var refused = 0;
        for (var i = from; i < to; i++)
        {
            var subject = subjects[i % subjects.Count];
            File.WriteAllBytes(subject.Path, FileMutation.Of(subject.Original, subjects[(i / 7) % subjects.Count].Original, Seed + i));
            try
            {
                subject.Use();
            }
            catch (DomainException exception)
            {
                exception.Failure.Remedy.ShouldNotBeEmpty();
                refused++;
            }
        }

        return refused;
    }

    private IReadOnlyList<FuzzSubject> Subjects()
    {
        var dense = new StateDictBuilder().Floats("conv.weight", [2, 1, 2, 2], 1, 0, 0, 2, 0, 3, 0, 0)
            .Floats("fc.weight", TensorType.BF16, [1, 3], 1, 0, 2).Raw("steps", TensorType.I64, [], 1, 0, 0, 0, 0, 0, 0, 0)
            .Floats("none", [0, 4]).Metadata("format", "pt").Save(_folder.File("dense.safetensors"));
        Masks.Of(("fc.weight", [1, 3], "101")).Save(_folder.File("mask.safetensors"));
        using (var source = StateDict.Open(dense))
        {
            PackedCheckpoint.Pack(source, _folder.File("packed.safetensors"));
            ShardedCheckpoint.Write(source, _folder.Path, maxShardBytes: 20);
        }

        return
        [
            FuzzSubject.Of(dense, ReadAll),
            FuzzSubject.Of(_folder.File("mask.safetensors"), path => SparsityMask.Load(path)),
            FuzzSubject.Of(_folder.File("packed.safetensors"), path => PackedCheckpoint.Unpack(path, _folder.File("back.safetensors"))),
            FuzzSubject.Of(_folder.File("model.safetensors.index.json"), ReadAll),
        ];
    }

    private static void ReadAll(string path)
    {
        using var state = StateDict.Open(path);
        foreach (var tensor in state.Tensors)
            state.Bytes(tensor.Name, 0, (int)tensor.ByteLength).IndexOf((byte)1);
        state.EnsureFinite();
    }
}
