using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.TestKit;

namespace SparsePipeline.Infrastructure.Tests.Steps;

public sealed class DataRootsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DataRootsTests()
    {
        Directory.CreateDirectory(_folder.File("data/digits"));
        Directory.CreateDirectory(_folder.File("secret"));
        File.CreateSymbolicLink(_folder.File("data/out"), _folder.File("secret"));
        File.CreateSymbolicLink(_folder.File("data/in"), _folder.File("data/digits"));
        File.CreateSymbolicLink(_folder.File("data/round"), _folder.File("data/round/again"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data/digits")]
    [InlineData("data")]
    [InlineData("data/in")]
    [InlineData("data/in/train.csv")]
    public void What_is_below_a_root_is_read(string path) => Should.NotThrow(() => Check(_folder.File(path), _folder.File("data")));

    [Theory]
    [InlineData("secret")]
    [InlineData("data-of-others")]
    [InlineData("data/out")]
    [InlineData("data/out/passwords")]
    [InlineData("data/digits/../../secret")]
    [InlineData("data/round/again")]
    public void What_is_not_below_a_root_is_refused_and_the_setting_named(string path)
    {
        var refused = Should.Throw<DomainException>(() => Check(_folder.File(path), "/nowhere:" + _folder.File("data"))).Failure;

        refused.Code.ShouldBe(FailureCodes.DataUnavailable);
        refused.Reason.ShouldContain($"data.path '{_folder.File(path)}' is not below /nowhere or {_folder.File("data")}");
        refused.Reason.ShouldContain("Data:Roots");
        refused.Remedy.ShouldContain("Data:Roots");
    }

    [Fact]
    public void A_root_may_itself_be_a_link() => Should.NotThrow(() => Check(_folder.File("data/digits/a.csv"), _folder.File("data/in")));

    [Fact]
    public void A_worker_without_roots_reads_no_file_of_its_machine() =>
        Should.Throw<DomainException>(() => Check(_folder.File("data/digits"), "")).Failure.Reason.ShouldContain("this worker reads none: Data:Roots is empty");

    [Fact]
    public void A_star_allows_every_path() => Should.NotThrow(() => Check("relative/../path", DataOptions.Everywhere));

    [Fact]
    public void Data_without_a_path_needs_no_root() => Should.NotThrow(() => Check(null, ""));

    private static void Check(string? path, string roots) =>
        new DataRoots(Microsoft.Extensions.Options.Options.Create(new DataOptions { Roots = roots })).Check(new EvaluateSpec
        {
            AlgorithmVersion = EvaluateSpec.CurrentVersion,
            Checkpoint = new ArtifactRef(new string('a', 64), 1, ArtifactFormats.Safetensors),
            Model = new ModelSpec { Name = "mlp" },
            Data = new DataSpec { Name = "csv", Path = path },
        });
}
