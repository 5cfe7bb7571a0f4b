using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

public sealed class TemporaryAreaTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "sparsepipeline-" + Guid.NewGuid().ToString("N"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Areas_made_and_swept_at_once_never_lose_the_file_of_a_living_one()
    {
        // Every new area sweeps, so each of these is swept while the others are being made.
        var areas = Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8).Select(_ =>
        {
            var area = new TemporaryArea(_root);
            File.WriteAllText(area.CreatePath(), area.Id);
            return area;
        }).ToArray();

        areas.Select(a => a.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(200);
        areas.ShouldAllBe(a => Directory.GetFiles(a.Folder).Length == 1);
        Array.ForEach(areas, a => a.Dispose());
        Directory.EnumerateFileSystemEntries(_root).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_crashed_process_left_is_swept_by_the_next_that_starts()
    {
        Directory.CreateDirectory(Path.Combine(_root, "4711-dead"));
        File.WriteAllText(Path.Combine(_root, "4711-dead", "1"), "unfinished");
        File.WriteAllText(Path.Combine(_root, "4711-dead.lock"), "");
        File.WriteAllText(Path.Combine(_root, "4712-died-early.lock"), "");
        Directory.CreateDirectory(Path.Combine(_root, "4713-half-swept"));

        using var area = new TemporaryArea(_root);

        Directory.EnumerateFileSystemEntries(_root).Select(Path.GetFileName).ShouldBe([area.Id, area.Id + ".lock"], ignoreOrder: true);
    }

    [Fact]
    public void Paths_are_never_given_twice()
    {
        using var area = new TemporaryArea(_root);

        Enumerable.Range(0, 1000).AsParallel().Select(_ => area.CreatePath()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1000);
    }
}
