using SparsePipeline.TestKit.Servers;

[assembly: AssemblyFixture(typeof(ObjectStoreServer))]
