using SparsePipeline.TestKit;

namespace SparsePipeline.Deployment.Rights;

/// <summary>Secrets of a topology, as infra/docker/secrets.sh writes them.</summary>
internal sealed class Secrets : IDisposable
{
    private readonly TemporaryFolder _folder;

    private Secrets(TemporaryFolder folder) => _folder = folder;

    public string Folder => _folder.Path;

    public static async Task<Secrets> CreateAsync()
    {
        var secrets = new Secrets(new TemporaryFolder());
        var written = await ShellScript.RunAsync(Repository.File("infra/docker/secrets.sh"), [secrets.Folder]);
        written.ExitCode.ShouldBe(0, written.Output);
        return secrets;
    }

    public string PathOf(string name) => _folder.File(name);

    public string Read(string name) => File.ReadAllText(PathOf(name)).TrimEnd();

    public void Replace(string name, string content)
    {
        File.Delete(PathOf(name));
        File.WriteAllText(PathOf(name), content);
    }

    public void Dispose() => _folder.Dispose();
}
