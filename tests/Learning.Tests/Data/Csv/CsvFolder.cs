using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Csv;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data.Csv;

/// <summary>A folder of tables that tests write and read.</summary>
internal sealed class CsvFolder : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    public string File(string name) => _folder.File(name);

    public void Write(string name, string text) => System.IO.File.WriteAllText(_folder.File(name), text);

    /// <summary>Lines without a header.</summary>
    public static string Rows(int count, Func<int, string> row) => string.Join('\n', Enumerable.Range(0, count).Select(row));

    /// <summary>The folder, or the one file in it that the pseudo-option <c>file</c> names.</summary>
    public DataSplits Load(params (string Name, object Value)[] options)
    {
        var given = new MethodOptions();
        foreach (var (name, value) in options.Where(o => o.Name != "file"))
            given[name] = JsonSerializer.SerializeToElement(value);
        var file = options.FirstOrDefault(o => o.Name == "file").Value as string;
        return DataSets.Load(new DataSpec { Name = CsvDataSet.Name, Path = file is null ? _folder.Path : _folder.File(file), Options = given, Validation = 0.25 });
    }

    /// <summary>What the folder's files are known by.</summary>
    public string Digest() => DataSets.Digest(new DataSpec { Name = CsvDataSet.Name, Path = _folder.Path });

    /// <summary>Why the same is refused.</summary>
    public string Reason(string code, params (string Name, object Value)[] options)
    {
        var failure = Should.Throw<DomainException>(() => Load(options)).Failure;
        failure.Code.ShouldBe(code);
        return failure.Reason;
    }
}
