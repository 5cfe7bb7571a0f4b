using SparsePipeline.TestKit.Servers;

[assembly: AssemblyFixture(typeof(BrokerServer))]
[assembly: AssemblyFixture(typeof(ObjectStoreServer))]
