import { createMemoryStore } from '../../src/stores/memory/memory-store.ts';
import { describeStoreContract } from '../contracts/store-contract.ts';

describeStoreContract('the memory store', async now => ({ store: createMemoryStore({ now }) }));
